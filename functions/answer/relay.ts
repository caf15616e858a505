import { errorBody, type ErrorCode } from "../../contract/wire/errors";
import { EVENT_STREAM, mediaType } from "../../contract/wire/headers";
import type { Spoken } from "../../contract/wire/lastEvent";
import type { Usage } from "../../contract/wire/dialects/said";
import type { AgentAnswer } from "../agent/agent";
import { codeOf } from "../agent/failure";
import { AgentFailed } from "./collectedEvents";
import { EventBoundary } from "./boundary/eventBoundary";
import type { Run } from "../handler/run";
import type { Sink } from "./sink";
import type { Speech } from "./speech";
import { StreamReport } from "./streamReport";
import { TextReport } from "./textReport";

/** How an answer ended. */
export interface Relayed {
  /** Events of the agent that were sent whole; 0 for other content types. */
  readonly events: number;
  /** The error code if the answer failed; undefined if the agent finished it. */
  readonly code?: ErrorCode | undefined;
  readonly cause?: unknown;
  /** True if the stream must be broken: the client has no other sign that the answer is incomplete. */
  readonly brokeOff?: boolean;
  /** Tokens, if the agent reported them. */
  readonly usage?: Usage | undefined;
  /** Events of an unknown shape that were dropped, if the client gets only text. */
  readonly dropped?: number | undefined;
}

export function isEventStream({ contentType }: AgentAnswer): boolean {
  return mediaType(contentType) === EVENT_STREAM;
}

/**
 * Copies an event stream to the client event by event, as it arrives. If the agent's stream breaks, an incomplete event is dropped. If the agent
 * reports a failure, that event is dropped, because its text can be private, and the rest is not read. In both cases a last event in the
 * stream's dialect reports the error. The caller ends the sink.
 * Do not use `pipeline()`: with it, an error of the agent's stream kills the runtime process although it is caught.
 */
export async function relayEvents({ body }: AgentAnswer, sink: Sink, run: Run, speech: Speech): Promise<Relayed> {
  const boundary = new EventBoundary();
  const reader = new speech.DialectReader(speech.dialect);
  const texts = speech.textOnly ? new TextReport(reader) : undefined;
  const report = texts ?? new StreamReport(reader, speech.passErrors);
  let isFirst = true;
  const send = (ready: Uint8Array, isOpen: boolean): Promise<void> | undefined => {
    if (!texts) sink.heartbeat = boundary.heartbeat;
    const { bytes, isOpen: endsInside } = report.push(ready, isOpen);
    let slow: Promise<void> | undefined;
    if (bytes.byteLength > 0) {
      // A byte order mark has its meaning only at the start. After the door's own text it would corrupt the agent's first line.
      const sent = isFirst && sink.hasSpoken ? withoutByteOrderMark(bytes) : bytes;
      isFirst = false;
      slow = sink.write(sent, endsInside);
    }
    return report.mustEnd ? failAfter(slow) : slow;
  };
  try {
    for await (const chunk of body) {
      for (const ready of boundary.push(chunk)) {
        const slow = send(ready, boundary.isOpen);
        if (slow) await slow;
      }
    }
    await send(boundary.rest(), false);
    if (texts) await sink.write(Buffer.from(texts.end));
    return { ...resultOf(boundary, report), code: report.hasFailed ? "AGENT_ERROR" : undefined };
  } catch (cause) {
    const last = report.mustEnd ? undefined : boundary.whole();
    // If the client does not accept these bytes, it does not accept the error event either.
    if (last) await send(last, false)?.catch(() => undefined);
    // The client has the agent's own error. Clients of AG-UI accept no other event after it.
    const isKnown = report.hasFailed && !report.mustEnd;
    const failed = isKnown
      ? { code: "AGENT_ERROR" as const, cause }
      : sendFailure(cause, sink, run, speech, report.spoken);
    return { ...resultOf(boundary, report), ...failed };
  }
}

async function failAfter(sending: Promise<void> | undefined): Promise<void> {
  await sending;
  throw new AgentFailed();
}

function resultOf({ events }: EventBoundary, { usage, dropped }: StreamReport | TextReport): Relayed {
  return { events, usage, dropped };
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Sends a last event with the error, in the dialect of the stream. */
export function sendFailure(
  cause: unknown,
  sink: Sink,
  { deadline, requestId }: Run,
  { lastEvent, dialect }: Speech,
  spoken: Spoken = { dialect },
): { code: ErrorCode; cause: unknown } {
  const hasSaidSo = cause instanceof AgentFailed;
  const code = hasSaidSo ? "AGENT_ERROR" : codeOf(cause, deadline);
  sink.say(lastEvent(errorBody({ code }, requestId), spoken));
  return { code, cause: hasSaidSo ? undefined : cause };
}
