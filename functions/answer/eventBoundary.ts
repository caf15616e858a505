import { HEARTBEAT } from "../../contract/wire/sse";

/**
 * The {@link HEARTBEAT} after an `id:` or `retry:`, without a blank line. Python's httpx-sse and openai keep these fields, and read a blank
 * line as an empty event. Other streams get the normal one: clients that split at blank lines would lose the next event.
 * https://github.com/florimondmanca/httpx-sse/blob/master/src/httpx_sse/_decoders.py
 */
const SHORT_HEARTBEAT = ": keepalive\n";

/** Most bytes of one event that are held back. A larger event is sent in pieces. */
const LARGEST_HELD = 1024 * 1024;

const [LF, CR, COLON] = [0x0a, 0x0d, 0x3a];
/** In UTF-8. At the start of a stream it is not part of a line. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Fields that some clients keep after their event, by first byte. */
const KEPT_FIELDS = new Map(["id:", "retry:"].map((name) => [name.charCodeAt(0), new TextEncoder().encode(name)]));

/**
 * Cuts a byte stream after whole events, so that a comment or an error event may always follow what was sent. Bytes are never changed. An
 * event that is split between chunks, even inside a character or a CRLF, is held until it is complete.
 * A CR that ends an event may be the first half of a CRLF, so the event waits for the next byte. It does not wait if the stream has had
 * only bare CRs and no field that clients keep: an LF after a comment is then one more blank line without effect.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class EventBoundary {
  /** Number of events that were sent whole. */
  events = 0;
  /** True while only a part of an event was sent: nothing may be inserted then. */
  isOpen = false;
  /** The comment that may be sent after the last event. */
  heartbeat = HEARTBEAT;
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private lineIsEmpty = true;
  private eventIsEmpty = true;
  private afterCr = false;
  /** True if every line end so far is a bare CR; undefined before the first line end. */
  private onlyBareCr: boolean | undefined;
  /** True if the last CR ended an event that now waits for the next byte. */
  private waitsForByte = false;
  private isStart = true;
  /** The field name that the current line may begin with, and how many of its bytes were read. */
  private field: Uint8Array | undefined;
  private matched = 0;
  private keepsField = false;

  /** The bytes that can be sent now: one or more complete events, or a piece of an event that is too large to hold. */
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

  /** The event that is held only because its CR may be half of a CRLF. It is complete if no more bytes come. */
  whole(): Uint8Array | undefined {
    if (!this.waitsForByte) return undefined;
    this.isOpen = false;
    return this.rest();
  }

  /** The rest of an event that did not end. */
  rest(): Uint8Array {
    const rest = Buffer.concat(this.held);
    this.hold(new Uint8Array());
    return rest;
  }

  private hold(bytes: Uint8Array): void {
    this.held = bytes.byteLength > 0 ? [bytes] : [];
    this.heldBytes = bytes.byteLength;
  }

  /** Index after the last complete event in the chunk; 0 if only an event of the previous chunk is complete, undefined if none is. */
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
        // Any LF makes it false. A bare CR makes it true only as the first line end.
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

  /** @returns the index of the line's end, or the chunk's length */
  private readLine(chunk: Uint8Array, from: number): number {
    let i = from;
    // Read once: in this loop the getter costs more than all the rest.
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
