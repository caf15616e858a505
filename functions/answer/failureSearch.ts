import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import { reportsFailure } from "./agentFailure";

/** Bytes of one event that are kept to be searched: what a collected answer could hold. Of a larger one, its beginning and its end. */
const LARGEST_SEARCHED = LAMBDA_PAYLOAD_BYTES;

/** Looks for an agent's own report of a failure in a stream as it goes out, also in an event that goes out in pieces. */
export class FailureSearch {
  private isAtStart = true;
  private hasFound = false;
  private pieces: Uint8Array[] = [];
  private bytes = 0;

  /** @param isOpen whether the last event goes on in the next bytes */
  push(bytes: Uint8Array, isOpen: boolean): void {
    const kept = isOpen ? bytes.subarray(0, LARGEST_SEARCHED - this.bytes) : bytes;
    this.pieces.push(kept);
    this.bytes += kept.byteLength;
    if (!isOpen) this.search();
  }

  /** Whether a failure was reported; to be asked at the end of the stream. */
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
