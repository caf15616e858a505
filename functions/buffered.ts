import type { APIGatewayProxyResult, Context } from "aws-lambda";
import { agentInvoker } from "./agent";
import { deadline } from "./deadline";
import { logRequest } from "./log";
import { answer } from "./pipeline";
import { wholeReply } from "./reply";
import { readRequest, type DoorEvent } from "./request";
import { readHandlerSettings } from "./settings";

const settings = readHandlerSettings(process.env);
const invoke = agentInvoker(settings);

/** Door 1: the whole answer at once. */
export async function handler(event: DoorEvent, context: Context): Promise<APIGatewayProxyResult> {
  const startedAt = Date.now();
  const requestId = context.awsRequestId;
  const request = readRequest(event);
  const signal = deadline(context, settings.marginMs);
  const { code, cause, ...reply } = await wholeReply(await answer(request, invoke, signal), requestId, signal);
  const bytes = Buffer.byteLength(reply.body);
  logRequest(settings.door, request, { requestId, status: reply.statusCode, code, cause, bytes, startedAt });
  return reply;
}
