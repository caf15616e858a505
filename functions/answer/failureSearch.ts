import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import { reportsFailure } from "./agentFailure";

/**
 * Most bytes of one event that are searched: the size limit of a collected answer. Of a larger event, its start and its end are searched.
 */
const LARGEST_SEARCHED = LAMBDA_PAYLOAD_BYTES;

/** Searches a stream for an agent's own report of a failure while it is sent, also in an event that is sent in pieces. */
export class FailureSearch {
  private isAtStart = true;
  private hasFound = false;
  private pieces: Uint8Array[] = [];
  private bytes = 0;

  /** @param isOpen whether the last event continues in the next bytes */
  push(bytes: Uint8Array, isOpen: boolean): void {
    const kept = isOpen ? bytes.subarray(0, LARGEST_SEARCHED - this.bytes) : bytes;
    this.pieces.push(kept);
    this.bytes += kept.byteLength;
    if (!isOpen) this.search();
  }

  /** Whether a failure was reported. Call it at the end of the stream. */
  found(): boolean {
    this.search();
    return this.hasFound;
  }

  private search(): void {
    const [only = new Uint8Array(), ...more] = this.pieces;
    this.hasFound ||= reportsFailure(more.length > 0 ? Buffer.concat(this.pieces) : only, this.isAtStart);
    this.isAtStart = false;
    this.pieces = [];
    this.bytes = 0;
  }
}
