import type { APIGatewayProxyResult } from "aws-lambda";
import { exchangeFactory } from "./exchange";
import { wholeReply } from "../answer/reply";
import type { LambdaContext } from "./run";
import type { HandlerSettings } from "./settings";

/** Door 1: the whole answer at once. */
export function bufferedHandler(settings: HandlerSettings, receive = exchangeFactory(settings)) {
  return async (event: unknown, context: LambdaContext): Promise<APIGatewayProxyResult> => {
    const { run, decision, agent, log } = await receive(event, context);
    const { statusCode, headers, body, code, cause, usage, dropped } = await wholeReply(decision, agent, run);
    log({ status: statusCode, code, cause, bytes: Buffer.byteLength(body), usage, dropped });
    return { statusCode, headers: { ...headers }, body };
  };
}
