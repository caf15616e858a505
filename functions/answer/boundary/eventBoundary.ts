import { HEARTBEAT } from "../../../contract/wire/sse";
import { Held } from "./held";
import { KeptFields } from "./keptFields";
import { LineEnds } from "./lineEnds";

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
  private readonly held = new Held();
  private lineIsEmpty = true;
  private eventIsEmpty = true;
  private afterCr = false;
  /** True if every line end so far is a bare CR; undefined before the first line end. */
  private onlyBareCr: boolean | undefined;
  /** True if the last CR ended an event that now waits for the next byte. */
  private waitsForByte = false;
  private isStart = true;
  private readonly kept = new KeptFields();
  /** Of the chunk: where the current line begins, and the indexes after the first and the last event that is complete. */
  private lineStart = 0;
  private first: number | undefined;
  private last: number | undefined;

  /** What can be sent now: complete events, or a piece of an event that is too large to hold. Only the first part is a copy. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.scan(bytes);
    const { first, last } = this;
    if (last !== undefined) {
      // The event that began earlier is joined, and the others are left where they are: a copy of each chunk would be memory to free.
      const cut = this.held.bytes > 0 ? (first ?? 0) : 0;
      const ready = [this.held.take(bytes.subarray(0, cut)), bytes.subarray(cut, last)];
      this.held.add(bytes.subarray(last));
      this.isOpen = false;
      return ready.filter(({ byteLength }) => byteLength > 0);
    }
    this.held.add(bytes);
    if (this.held.bytes <= LARGEST_HELD || this.waitsForByte) return [];
    this.isOpen = true;
    return [this.rest()];
  }

  /** The event that is held only because its CR may be half of a CRLF. It is complete if no more bytes come. */
  whole(): Uint8Array | undefined {
    if (!this.waitsForByte) return undefined;
    this.isOpen = false;
    return this.rest();
  }

  /** The rest of an event that did not end. */
  rest(): Uint8Array {
    return this.held.take();
  }

  /** Reads the chunk. `first` and `last` are then 0 if an event of the previous chunk is complete, undefined if none is. */
  private scan(chunk: Buffer): void {
    this.first = this.last = undefined;
    this.lineStart = this.afterMark(chunk);
    if (!this.lineIsEmpty) this.kept.read(chunk, this.lineStart);
    const ends = new LineEnds(chunk);
    const { length } = chunk;
    for (let i = ends.next(this.lineStart); i < length; i = ends.next(i + 1)) this.endLine(chunk, i, chunk[i] ?? LF);
    this.startLine(chunk, length);
  }

  /** The line ends at this index with this byte. */
  private endLine(chunk: Buffer, at: number, byte: number): void {
    if (this.afterCr && byte === LF && at === this.lineStart) {
      this.resolveCr(at + 1, true);
      this.lineStart = at + 1;
      return;
    }
    this.startLine(chunk, at);
    if (byte === LF) this.onlyBareCr = false;
    this.afterCr = byte === CR;
    this.lineStart = at + 1;
    if (this.lineIsEmpty) {
      if (!this.eventIsEmpty) this.events++;
      this.eventIsEmpty = true;
      if (byte === LF || (this.onlyBareCr && !this.kept.found)) this.ended(at + 1);
      else this.waitsForByte = true;
    }
    this.lineIsEmpty = true;
  }

  /** Reads the start of the line that goes on to `end`, if it has any bytes and began in this chunk. */
  private startLine(chunk: Buffer, end: number): void {
    const { lineStart } = this;
    if (this.afterCr && (end > lineStart || end < chunk.length)) this.resolveCr(lineStart, false);
    if (!this.lineIsEmpty || end === lineStart) return;
    this.lineIsEmpty = false;
    const first = chunk[lineStart] ?? LF;
    // A line that begins with a colon is a comment.
    if (first !== COLON) this.eventIsEmpty = false;
    this.kept.startLine(first);
    this.kept.read(chunk, lineStart);
  }

  /** The byte after a CR has arrived. */
  private resolveCr(end: number, isSecondHalf: boolean): void {
    this.afterCr = false;
    if (this.waitsForByte) this.ended(end);
    // Any LF makes it false. A bare CR makes it true only as the first line end.
    this.onlyBareCr = !isSecondHalf && (this.onlyBareCr ?? true);
  }

  /** Index after the byte order mark at the start of the stream. */
  private afterMark(chunk: Buffer): number {
    let i = 0;
    while (this.isStart && BYTE_ORDER_MARK.includes(chunk[i] ?? LF)) i++;
    if (i < chunk.length) this.isStart = false;
    return i;
  }

  private ended(end: number): void {
    this.waitsForByte = false;
    this.first ??= end;
    this.last = end;
    if (this.kept.found) this.heartbeat = SHORT_HEARTBEAT;
  }
}
