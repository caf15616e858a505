/** Bytes that wait for more. */
export class Held {
  bytes = 0;
  private parts: Uint8Array[] = [];

  add(part: Uint8Array): void {
    if (part.byteLength > 0) this.parts.push(part);
    this.bytes += part.byteLength;
  }

  /** All bytes, and then `last`, in one piece. Nothing waits any more. */
  take(last?: Uint8Array): Uint8Array {
    if (last) this.add(last);
    const joined = Buffer.concat(this.parts);
    this.parts = [];
    this.bytes = 0;
    return joined;
  }
}
