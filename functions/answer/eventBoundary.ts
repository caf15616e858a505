import { HEARTBEAT } from "../../contract/wire/sse";

/**
 * {@link HEARTBEAT} for a stream that has carried an `id:` or a `retry:`: Python's httpx-sse and openai keep those beyond their event, and make an
 * empty event of a blank line. Only then, since clients that split at blank lines would lose the event behind it.
 * https://github.com/florimondmanca/httpx-sse/blob/master/src/httpx_sse/_decoders.py
 */
const SHORT_HEARTBEAT = ": keepalive\n";

/** Bytes of one event that are held back at the most; a larger event goes out in pieces. */
const LARGEST_HELD = 1024 * 1024;

const [LF, CR, COLON] = [0x0a, 0x0d, 0x3a];
/** UTF-8. At the start of a stream it belongs to no line. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Fields that some readers keep beyond their event, by their first byte. */
const KEPT_FIELDS = new Map(["id:", "retry:"].map((name) => [name.charCodeAt(0), new TextEncoder().encode(name)]));

/**
 * Cuts a byte stream after whole events, so that what goes out always ends where a comment or an error event may follow.
 * Bytes are never changed; an event split over chunks, also inside a character or a CRLF, is held until it is whole. The CR that ends an
 * event may be half of a CRLF: the event then waits for the next byte, but not in a stream that has had bare CRs only, and no field that
 * readers keep (an LF behind a comment would be one more blank line, which is nothing without those).
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class EventBoundary {
  /** Events that have gone out. */
  events = 0;
  /** True while a piece of an event has gone out, but not yet its end: nothing may be put in then. */
  isOpen = false;
  /** The comment that may follow what has gone out. */
  heartbeat = HEARTBEAT;
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private lineIsEmpty = true;
  private eventIsEmpty = true;
  private afterCr = false;
  /** Whether all line ends so far are bare CRs; undefined until one is known. */
  private onlyBareCr: boolean | undefined;
  /** The CR that was read last ended an event, which waits for the next byte. */
  private waitsForByte = false;
  private isStart = true;
  /** The field name that the line may begin with, and how much of it has been read. */
  private field: Uint8Array | undefined;
  private matched = 0;
  private keepsField = false;

  /** The bytes that can go out: those that complete one or more events, or a piece of an event too large to hold. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    const end = this.scan(chunk);
    if (end !== undefined) {
      const last = chunk.subarray(0, end);
      const whole = this.heldBytes > 0 ? Buffer.concat([...this.held, last]) : last;
      this.hold(chunk.subarray(end));
      this.isOpen = false;
      return whole;
    }
    this.held.push(chunk);
    this.heldBytes += chunk.byteLength;
    if (this.heldBytes <= LARGEST_HELD || this.waitsForByte) return undefined;
    this.isOpen = true;
    return this.rest();
  }

  /** An event that is held only because its CR may be half of a CRLF: if nothing more comes, it is whole. */
  whole(): Uint8Array | undefined {
    if (!this.waitsForByte) return undefined;
    this.isOpen = false;
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

  /** Index just behind the last event in the chunk that is whole: 0 for one that ended with the chunk before, undefined for none. */
  private scan(chunk: Uint8Array): number | undefined {
    let end: number | undefined;
    const { length } = chunk;
    for (let i = 0; i < length; i++) {
      const byte = chunk[i] ?? LF;
      if (this.isStart) {
        if (BYTE_ORDER_MARK.includes(byte)) continue;
        this.isStart = false;
      }
      if (this.afterCr) {
        this.afterCr = false;
        const isSecondHalf = byte === LF;
        if (this.waitsForByte) end = this.ended(isSecondHalf ? i + 1 : i);
        // Any LF settles it; a bare CR only if no line end has come before.
        this.onlyBareCr = !isSecondHalf && (this.onlyBareCr ?? true);
        if (isSecondHalf) continue;
      }
      if (byte === LF || byte === CR) {
        if (byte === LF) this.onlyBareCr = false;
        this.afterCr = byte === CR;
        if (this.lineIsEmpty) {
          if (!this.eventIsEmpty) this.events++;
          this.eventIsEmpty = true;
          if (byte === LF || (this.onlyBareCr && !this.keepsField)) end = this.ended(i + 1);
          else this.waitsForByte = true;
        }
        this.lineIsEmpty = true;
      } else i = this.readLine(chunk, i) - 1;
    }
    return end;
  }

  private ended(end: number): number {
    this.waitsForByte = false;
    if (this.keepsField) this.heartbeat = SHORT_HEARTBEAT;
    return end;
  }

  /** @returns the index of the line's end, or the chunk's */
  private readLine(chunk: Uint8Array, from: number): number {
    let i = from;
    // Read once: the getter costs more than all else in the loop.
    const { length } = chunk;
    if (this.lineIsEmpty) {
      this.lineIsEmpty = false;
      // A line that begins with a colon is a comment.
      if (chunk[i] !== COLON) this.eventIsEmpty = false;
      this.field = KEPT_FIELDS.get(chunk[i] ?? LF);
      this.matched = 0;
    }
    while (this.field && i < length) {
      if (chunk[i] !== this.field[this.matched]) this.field = undefined;
      else {
        i++;
        if (++this.matched < this.field.byteLength) continue;
        this.keepsField = true;
        this.field = undefined;
      }
    }
    for (; i < length; i++) {
      const byte = chunk[i];
      if (byte === LF || byte === CR) break;
    }
    return i;
  }
}
