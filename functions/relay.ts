import { once } from "node:events";
import type { Writable } from "node:stream";
import { errorBody, type ErrorCode } from "../contract/errors";
import { EVENT_STREAM, mediaType } from "../contract/headers";
import { HEARTBEAT_MS } from "../contract/limits";
import { encodeEvent, EventBoundary, HEARTBEAT } from "../contract/sse";
import type { AgentAnswer } from "./agent";
import { codeOf } from "./failure";

export interface Relayed {
  readonly bytes: number;
  /** Why the stream was cut; undefined where the agent ended it. */
  readonly code?: ErrorCode;
  readonly cause?: unknown;
}

/**
 * Copies an answer to the client as it arrives, and always ends it. Never `pipeline()`: an error of the agent's stream would
 * then kill the runtime process although it is caught.
 *
 * An event stream goes out event by event, with a comment in every {@link HEARTBEAT_MS} of silence; where it breaks,
 * a last `event: error` says so. Any other type goes out untouched and breaks off where the agent did.
 */
export async function relay(
  answer: AgentAnswer,
  out: Writable,
  requestId: string,
  deadline: AbortSignal,
): Promise<Relayed> {
  const events = mediaType(answer.contentType) === EVENT_STREAM ? new EventBoundary() : undefined;
  const heartbeat = events && setInterval(() => out.write(HEARTBEAT), HEARTBEAT_MS);
  let bytes = 0;
  const send = async (chunk: Uint8Array): Promise<void> => {
    bytes += chunk.byteLength;
    heartbeat?.refresh();
    if (!out.write(chunk)) await once(out, "drain");
  };
  try {
    for await (const chunk of answer.body) {
      const ready = events ? events.push(chunk) : chunk;
      if (ready) await send(ready);
    }
    const rest = events?.rest();
    if (rest?.byteLength) await send(rest);
    return { bytes };
  } catch (cause) {
    const code = codeOf(cause, deadline);
    if (events) out.write(encodeEvent("error", errorBody(code, requestId)));
    return { bytes, code, cause };
  } finally {
    clearInterval(heartbeat);
    out.end();
    if (!out.writableFinished) await once(out, "finish");
  }
}
