import { readHandlerSettings } from "./handler/settings";
import { streamingHandler } from "./handler/streamingHandler";
import { hookedExchange } from "./hooks/exchange";

const settings = readHandlerSettings(process.env);
const { receive, untilTold } = hookedExchange(settings);

/** Entry file of doors 2 and 3 with code of the stack. */
export const handler = awslambda.streamifyResponse(untilTold(streamingHandler(settings, receive)));
