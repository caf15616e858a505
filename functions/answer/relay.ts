import { errorBody, type ErrorCode } from "../../contract/wire/errors";
import { EVENT_STREAM, mediaType } from "../../contract/wire/headers";
import { encodeEvent, eventData } from "../../contract/wire/sse";
import type { AgentAnswer } from "../agent/agent";
import { codeOf } from "../agent/failure";
import { EventBoundary } from "./eventBoundary";
import { FailureSearch } from "./failureSearch";
import type { Run } from "../handler/run";
import type { Sink } from "./sink";

/** How an answer ended. */
export interface Relayed {
  /** Events of the agent that went out whole; 0 for another content type. */
  readonly events: number;
  /** Why the answer counts as failed; undefined where the agent finished it. */
  readonly code?: ErrorCode | undefined;
  readonly cause?: unknown;
  /** The client can only see from a broken stream that it did not get everything. */
  readonly brokeOff?: boolean;
}

export function isEventStream({ contentType }: AgentAnswer): boolean {
  return mediaType(contentType) === EVENT_STREAM;
}

/**
 * Copies an event stream to the client event by event, as it arrives. Never `pipeline()`: an error of the agent's stream would
 * then kill the runtime process although it is caught. Where the agent's stream breaks, half an event is dropped and
 * a last `event: error` says what happened. The caller ends the sink.
 */
export async function relayEvents({ body }: AgentAnswer, sink: Sink, run: Run): Promise<Relayed> {
  const boundary = new EventBoundary();
  const search = new FailureSearch();
  let isFirst = true;
  const send = async (bytes: Uint8Array): Promise<void> => {
    // A byte order mark counts at the start only; behind words of the door it would spoil the agent's first line.
    const sent = isFirst && sink.hasSpoken ? withoutMark(bytes) : bytes;
    isFirst = false;
    sink.heartbeat = boundary.heartbeat;
    await sink.write(sent, boundary.isOpen);
    search.push(bytes, boundary.isOpen);
  };
  try {
    for await (const chunk of body) {
      const ready = boundary.push(chunk);
      if (ready) await send(ready);
    }
    const rest = boundary.rest();
    if (rest.byteLength > 0) await send(rest);
    return { events: boundary.events, code: search.found() ? "AGENT_ERROR" : undefined };
  } catch (cause) {
    const last = boundary.whole();
    // A client that does not take it does not take the error either.
    if (last) await send(last).catch(() => undefined);
    return { events: boundary.events, ...fail(cause, sink, run) };
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Copies any other answer untouched; it has no place for words of the door, so where the agent breaks off it must break off, too. */
export async function relayBytes({ body }: AgentAnswer, sink: Sink, { deadline }: Run): Promise<Relayed> {
  try {
    for await (const chunk of body) await sink.write(chunk);
    return { events: 0 };
  } catch (cause) {
    return { events: 0, code: codeOf(cause, deadline), cause, brokeOff: true };
  }
}

/** An answer of another type, where an event stream has been promised already: its text as one event. */
export async function relayAsEvent({ body }: AgentAnswer, sink: Sink, run: Run): Promise<Relayed> {
  try {
    for await (const text of eventData(body)) await sink.write(Buffer.from(text), true);
    await sink.write(Buffer.from("\n\n"));
    return { events: 1 };
  } catch (cause) {
    return { events: 0, ...fail(cause, sink, run) };
  }
}

/** Says in a last event why there is no more to come. */
export function fail(cause: unknown, sink: Sink, { deadline, requestId }: Run): { code: ErrorCode; cause: unknown } {
  const code = codeOf(cause, deadline);
  sink.say(encodeEvent("error", errorBody({ code }, requestId)));
  return { code, cause };
}
