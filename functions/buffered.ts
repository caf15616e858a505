import { bufferedHandler } from "./bufferedHandler";
import { readHandlerSettings } from "./settings";

/** Entry file of door 1. */
export const handler = bufferedHandler(readHandlerSettings(process.env));
