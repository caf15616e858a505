import { HEARTBEAT } from "../../../contract/wire/sse";
import { EventBoundary } from "../../../functions/answer/boundary/eventBoundary";
import { cut } from "../../support/http/sse";

/** What a client gets of an agent's chunks, in the pieces in which a door sends it. */
export interface Commented {
  /** With a comment after every piece that ends between events. */
  readonly all: readonly Uint8Array[];
  /** Without the comments. */
  readonly agent: readonly Uint8Array[];
  readonly boundary: EventBoundary;
}

/** Sends chunks through a boundary. @param comment instead of the boundary's own */
export function commented(chunks: readonly Uint8Array[], comment?: string): Commented {
  const boundary = new EventBoundary();
  const all: Uint8Array[] = [];
  const agent: Uint8Array[] = [];
  for (const chunk of chunks) {
    for (const ready of boundary.push(chunk)) {
      agent.push(ready);
      all.push(ready);
      if (!boundary.isOpen) all.push(Buffer.from(comment ?? boundary.heartbeat));
    }
  }
  return { all, agent, boundary };
}

export const LINE_ENDS = { LF: "\n", CRLF: "\r\n", CR: "\r" } as const;

/** A stream as a client gets it, in pieces. */
export interface Sent {
  readonly agent: readonly Uint8Array[];
  /** The same, with a heartbeat before the first event and after each. */
  readonly all: readonly Uint8Array[];
  readonly hasIds: boolean;
}

/**
 * A recorded stream with other line ends, as agents send it in chunks of different sizes: as it is, and with an `id:` in each event and a `retry:`
 * in the first.
 */
export function* withHeartbeats(stream: Uint8Array, lineEnd: string): Generator<Sent> {
  const events = Buffer.from(stream)
    .toString()
    .replaceAll("\r\n", "\n")
    .split(/(?<=\n\n)/);
  const identified = events.map((event, index) => `id: ${String(index)}\n${event}`);
  for (const [hasIds, text] of [
    [false, events.join("")],
    [true, `retry: 9\n${identified.join("")}`],
  ] as const) {
    const bytes = Buffer.from(text.replaceAll("\n", lineEnd));
    for (const size of [1, 50, bytes.length]) {
      const places = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
      const { all, agent, boundary } = commented(cut(bytes, places));
      // After a CR some parsers wait for the next line.
      const end = [boundary.rest(), Buffer.from(":\n")];
      yield { agent: [...agent, ...end], all: [Buffer.from(HEARTBEAT), ...all, ...end], hasIds };
    }
  }
}
