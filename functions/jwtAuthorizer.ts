import { authorizer } from "./jwt/authorizer";
import { readJwtSettings } from "./jwt/settings";

/** Entry file of the Lambda authorizer. */
export const handler = authorizer(readJwtSettings(process.env));
