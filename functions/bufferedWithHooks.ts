import { bufferedHandler } from "./handler/bufferedHandler";
import { readHandlerSettings } from "./handler/settings";
import { hookedExchange } from "./hooks/exchange";

const settings = readHandlerSettings(process.env);
const { receive, untilTold } = hookedExchange(settings);

/** Entry file of door 1 with code of the stack. */
export const handler = untilTold(bufferedHandler(settings, receive));
