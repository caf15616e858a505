import type { Writable } from "node:stream";
import { EVENT_STREAM } from "../../contract/wire/headers";
import { HEARTBEAT_MS } from "../../contract/aws/limits";
import { HEARTBEAT } from "../../contract/wire/sse";
import type { Agent, AgentAnswer } from "../agent/agent";
import { codeOf } from "../agent/failure";
import { AgentFailed } from "./collectedEvents";
import type { Finished } from "../handler/log";
import type { Decision } from "../request/decision";
import { isEventStream, relayEvents, sendFailure, type Relayed } from "./relay";
import { relayAsEvent, relayBytes } from "./relayWhole";
import { errorReply, replyHeaders, type Reply } from "./reply";
import type { Run } from "../handler/run";
import { Sink } from "./sink";
import { speechOf, type Speech } from "./speech";
import { withoutFailure } from "./wholeJson";

type Invoke = Extract<Decision, { kind: "invoke" }>;

/** How a streamed answer ended. If `brokeOff` is true, its stream is still open. */
export type Streamed = Finished & Pick<Relayed, "brokeOff">;

/** Sends status and headers, and returns the stream for the payload. */
export type Open = (statusCode: number, headers: Record<string, string>) => Writable;

/**
 * Calls the agent and streams its answer. If the agent sends no headers within {@link HEARTBEAT_MS}, or of a JSON object not the whole, an
 * event stream is announced to the client and kept alive; any later answer is sent as events.
 *
 * @returns how it ended; or a complete reply, not sent yet, if the agent failed before the first byte
 */
export async function streamAnswer(decision: Invoke, agent: Agent, run: Run, open: Open): Promise<Streamed | Reply> {
  const { call, sessionId, reading } = decision;
  const speech = await speechOf(reading);
  const answering = agent.invoke(call, run).then((answer) => withoutFailure(answer, speech));
  let first: AgentAnswer | undefined;
  try {
    first = await withinHeartbeat(answering);
  } catch (cause) {
    return errorReply(run, { code: cause instanceof AgentFailed ? "AGENT_ERROR" : codeOf(cause, run.deadline) }, cause);
  }
  const contentType = first?.contentType ?? EVENT_STREAM;
  const sink = new Sink(open(200, replyHeaders(run, contentType, sessionId)), run.deadline);
  const relayed = first ? await relay(first, sink, run, speech) : await relayLateAnswer(answering, sink, run, speech);
  // A stream that must break must not be ended.
  const left = relayed.brokeOff || (await sink.end());
  return { status: 200, bytes: sink.bytes, ...relayed, ...(!left && !relayed.code && { code: "CLIENT_TOO_SLOW" }) };
}

async function relay(answer: AgentAnswer, sink: Sink, run: Run, speech: Speech): Promise<Relayed> {
  run.firstByteAt = Date.now();
  if (!isEventStream(answer)) return await relayBytes(answer, sink, run, speech);
  sink.keepAlive();
  return await relayEvents(answer, sink, run, speech);
}

async function relayLateAnswer(
  answering: Promise<AgentAnswer>,
  sink: Sink,
  run: Run,
  speech: Speech,
): Promise<Relayed> {
  sink.say(HEARTBEAT);
  sink.keepAlive();
  try {
    const answer = await answering;
    run.firstByteAt = Date.now();
    return isEventStream(answer)
      ? await relayEvents(answer, sink, run, speech)
      : await relayAsEvent(answer, sink, run, speech);
  } catch (cause) {
    return { events: 0, ...sendFailure(cause, sink, run, speech) };
  }
}

/** The answer, or undefined if the agent is silent for too long. */
async function withinHeartbeat(answering: Promise<AgentAnswer>): Promise<AgentAnswer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, HEARTBEAT_MS, undefined);
  });
  try {
    return await Promise.race([answering, silence]);
  } finally {
    clearTimeout(timer);
  }
}
