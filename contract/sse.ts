/** A comment: parsers skip it, and it keeps the connection from idling. https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes */
export const HEARTBEAT = ": keepalive\n\n";

/** One event whose data is JSON, as the wire has it. JSON has no raw line break, so one `data:` line is enough. */
export function encodeEvent(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Cuts a byte stream after whole events, so that what goes out always ends where a comment or an error event may follow.
 * Bytes are never changed; an event split over chunks, also inside a character or a CRLF, is held until it is whole.
 */
export class EventBoundary {
  private held: Uint8Array[] = [];
  private lineIsEmpty = true;
  private afterCarriageReturn = false;

  /** The bytes that complete one or more events, or undefined while an event is open. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    const end = this.scan(chunk);
    if (end === 0) {
      this.held.push(chunk);
      return undefined;
    }
    const whole = Buffer.concat([...this.held, chunk.subarray(0, end)]);
    this.held = end < chunk.byteLength ? [chunk.subarray(end)] : [];
    return whole;
  }

  /** What is left of an event that never ended. */
  rest(): Uint8Array {
    const rest = Buffer.concat(this.held);
    this.held = [];
    return rest;
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
        if (this.lineIsEmpty) end = i + 1;
        this.lineIsEmpty = true;
      } else {
        this.afterCarriageReturn = false;
        this.lineIsEmpty = false;
      }
    }
    return end;
  }
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
