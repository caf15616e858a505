import { once } from "node:events";
import type { Context } from "aws-lambda";
import { agentInvoker } from "./agent";
import { deadline } from "./deadline";
import { logRequest } from "./log";
import { answer } from "./pipeline";
import { relay, type Relayed } from "./relay";
import { replyHeaders, wholeReply, type Reply } from "./reply";
import { readRequest, type DoorEvent } from "./request";
import { readHandlerSettings } from "./settings";

const settings = readHandlerSettings(process.env);
const invoke = agentInvoker(settings);

/** Doors 2 and 3: bytes as the agent sends them. */
export const handler = awslambda.streamifyResponse<DoorEvent>(async (event, stream, context: Context) => {
  const startedAt = Date.now();
  const requestId = context.awsRequestId;
  const request = readRequest(event);
  const signal = deadline(context, settings.marginMs);
  const outcome = await answer(request, invoke, signal);

  let sent: Relayed;
  let status = 200;
  if (outcome.kind === "answer" && !outcome.collect) {
    const headers = replyHeaders(requestId, outcome.answer.contentType, outcome.sessionId);
    sent = await relay(outcome.answer, open(stream, status, headers), requestId, signal);
  } else {
    const reply = await wholeReply(outcome, requestId, signal);
    status = reply.statusCode;
    sent = await sendWhole(stream, reply);
  }
  logRequest(settings.door, request, { requestId, status, ...sent, startedAt });
});

// The prelude leaves with the first write, not with from(): the empty write sends it at once, and in every case.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/95
function open(stream: awslambda.HttpResponseStream, statusCode: number, headers: Record<string, string>) {
  const out = awslambda.HttpResponseStream.from(stream, { statusCode, headers });
  out.write("");
  return out;
}

async function sendWhole(stream: awslambda.HttpResponseStream, reply: Reply): Promise<Relayed> {
  const { statusCode, headers, body, ...rest } = reply;
  const out = open(stream, statusCode, headers);
  out.end(body);
  await once(out, "finish");
  return { bytes: Buffer.byteLength(body), ...rest };
}
