import { readHandlerSettings } from "./handler/settings";
import { streamingHandler } from "./handler/streamingHandler";

/** Entry file of doors 2 and 3. The event's version tells which door it is. */
export const handler = awslambda.streamifyResponse(streamingHandler(readHandlerSettings(process.env)));
