import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import type { AgentEvent } from "../../contract/wire/dialects/said";
import { eventsIn } from "./eventStream";

/** Most bytes of one event that are read: the size limit of a collected answer. Of a larger event, its start and its end are read. */
export const LARGEST_READ = LAMBDA_PAYLOAD_BYTES;

/** A byte order mark in UTF-8. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

/** An event with its number among those that were decoded together. */
export type DecodedEvent = AgentEvent & { readonly index: number };

/** Decodes whole events, also if they arrive in pieces. */
export class EventDecoder {
  /** Whether the first of the events that were decoded last is incomplete, because it is too large. */
  hasLost = false;
  private isAtStart = true;
  private pieces: Uint8Array[] = [];
  private bytes = 0;
  /** What was decoded last. */
  private decoded: Uint8Array = new Uint8Array();

  /** @param isNeeded whether these bytes, which are whole events, have to be decoded */
  constructor(private readonly isNeeded: (bytes: Uint8Array) => boolean = () => true) {}

  /**
   * @param isOpen whether the last event continues in the next bytes
   * @returns the events, none while one is open
   */
  push(bytes: Uint8Array, isOpen: boolean): Iterable<DecodedEvent> {
    if (this.pieces.length === 0) this.hasLost = false;
    if (isOpen && this.bytes + bytes.byteLength > LARGEST_READ) this.hasLost = true;
    const kept = isOpen ? bytes.subarray(0, LARGEST_READ - this.bytes) : bytes;
    this.pieces.push(kept);
    this.bytes += kept.byteLength;
    return isOpen ? [] : this.finish();
  }

  /** The events of the bytes that are left. Call it at the end of the stream. */
  finish(): Iterable<DecodedEvent> {
    const [only = new Uint8Array(), ...more] = this.pieces;
    const bytes = more.length > 0 ? Buffer.concat(this.pieces) : only;
    // A byte order mark at the start of a stream is not part of the first line.
    const decoder = new TextDecoder("utf-8", { ignoreBOM: !this.isAtStart });
    this.isAtStart = false;
    this.pieces = [];
    this.bytes = 0;
    this.decoded = bytes;
    return this.isNeeded(bytes) ? agentEvents(decoder.decode(bytes)) : [];
  }

  /** How many bytes before the end of what was decoded last each event begins, by its number. */
  bytesFromEnd(): number[] {
    // One character for each byte. The bytes of a line end are in no other character of UTF-8.
    const bytes = Buffer.from(this.decoded.buffer, this.decoded.byteOffset, this.decoded.byteLength);
    const text = bytes.toString("latin1").replace(BYTE_ORDER_MARK, "");
    return Array.from(eventsIn(text), ({ start }) => text.length - start);
  }
}

function* agentEvents(text: string): Generator<DecodedEvent> {
  let index = 0;
  for (const { type, data } of eventsIn(text)) {
    // A comment, or an id alone.
    if (data.length > 0 || type === "error") yield { type, data: data.join("\n"), index };
    index++;
  }
}
