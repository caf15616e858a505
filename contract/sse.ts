/** A comment: parsers skip it, and it keeps the connection from idling. https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes */
export const HEARTBEAT = ": keepalive\n\n";

/** One event whose data is JSON, as the wire has it. JSON has no raw line break, so one `data:` line is enough. */
export function encodeEvent(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Text of any kind as the data of one event, piece by piece; the event's end, a blank line, is left to the caller. */
export async function* eventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  yield "data: ";
  let held = "";
  for await (const chunk of body) {
    const text = held + decoder.decode(chunk, { stream: true });
    // A CR at the end may be half of a CRLF.
    held = text.endsWith("\r") ? "\r" : "";
    yield inData(held === "" ? text : text.slice(0, -1));
  }
  yield inData(held + decoder.decode());
}

function inData(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\ndata: ");
}

/** Bytes of one event that are held back at the most; a larger event goes out in pieces. */
const LARGEST_HELD = 1024 * 1024;

/**
 * Cuts a byte stream after whole events, so that what goes out always ends where a comment or an error event may follow.
 * Bytes are never changed; an event split over chunks, also inside a character or a CRLF, is held until it is whole.
 */
export class EventBoundary {
  /** Events that have gone out. */
  events = 0;
  /** True while a piece of an event has gone out, but not yet its end: nothing may be put in then. */
  isOpen = false;
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private lineIsEmpty = true;
  private eventIsEmpty = true;
  private afterCarriageReturn = false;

  /** The bytes that can go out: those that complete one or more events, or a piece of an event too large to hold. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    const end = this.scan(chunk);
    if (end > 0) {
      const whole = Buffer.concat([...this.held, chunk.subarray(0, end)]);
      this.hold(chunk.subarray(end));
      this.isOpen = false;
      return whole;
    }
    this.held.push(chunk);
    this.heldBytes += chunk.byteLength;
    if (this.heldBytes <= LARGEST_HELD) return undefined;
    this.isOpen = true;
    return this.rest();
  }

  /** What is left of an event that never ended. */
  rest(): Uint8Array {
    const rest = Buffer.concat(this.held);
    this.hold(new Uint8Array());
    return rest;
  }

  private hold(bytes: Uint8Array): void {
    this.held = bytes.byteLength > 0 ? [bytes] : [];
    this.heldBytes = bytes.byteLength;
  }

  /** Index just behind the last blank line in the chunk; 0 where there is none. */
  private scan(chunk: Uint8Array): number {
    let end = 0;
    for (let i = 0; i < chunk.byteLength; i++) {
      const byte = chunk[i];
      if (byte === 0x0a && this.afterCarriageReturn) {
        // The second half of a CRLF belongs to the line that the CR ended.
        this.afterCarriageReturn = false;
        if (end === i) end = i + 1;
      } else if (byte === 0x0a || byte === 0x0d) {
        this.afterCarriageReturn = byte === 0x0d;
        if (this.lineIsEmpty) {
          end = i + 1;
          if (!this.eventIsEmpty) this.events++;
          this.eventIsEmpty = true;
        }
        this.lineIsEmpty = true;
      } else {
        this.afterCarriageReturn = false;
        // A line that begins with a colon is a comment.
        if (this.lineIsEmpty && byte !== 0x3a) this.eventIsEmpty = false;
        this.lineIsEmpty = false;
      }
    }
    return end;
  }
}

/** An agent's own report of a failure: `event: error` (the TypeScript SDK), or an object with `error_type` (the Python SDK). */
const FAILURE = /^(?:event: ?error[\r\n]|data: ?\{"error": ?"[^\r\n]*"error_type":)/m;

/** True where whole events hold an agent's own report of a failure. */
export function reportsFailure(events: Uint8Array): boolean {
  // The common case is decided on bytes: no event of plain text holds the word.
  const bytes = Buffer.from(events.buffer, events.byteOffset, events.byteLength);
  return bytes.includes("error") && FAILURE.test(bytes.toString("utf8"));
}

const TEXT_FIELDS = ["text", "delta", "content", "data"] as const;

/**
 * The text that a reader wants from the data of one event. Agents frame it in three ways: a plain line
 * (the TypeScript SDK), a JSON string (the Python SDK), or an object with the text in `text`, `delta`, `content` or `data`.
 * Any other JSON comes back as a line of its own.
 */
export function textOf(data: string): string {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return data;
  }
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return data;
  for (const field of TEXT_FIELDS) {
    const text = (value as Record<string, unknown>)[field];
    if (typeof text === "string") return text;
  }
  return `${data}\n`;
}
