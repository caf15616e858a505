import { bufferedHandler } from "./handler/bufferedHandler";
import { readHandlerSettings } from "./handler/settings";

/** Entry file of door 1. */
export const handler = bufferedHandler(readHandlerSettings(process.env));
