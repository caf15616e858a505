/** Finds the ends of lines. The search of a string is native code: several times faster than a look at each byte. */
export class LineEnds {
  /** One character for each byte. The bytes of a line end are in no other character of UTF-8. */
  private readonly text: string;
  /** Indexes of the next LF and the next CR; the length if there is none. Both are kept, so that each byte is searched once for each. */
  private lf = -1;
  private cr = -1;

  constructor(chunk: Buffer) {
    this.text = chunk.toString("latin1");
  }

  /** Index of the first LF or CR from there; the length if there is none. It never decreases from call to call. */
  next(from: number): number {
    if (this.lf < from) this.lf = this.find("\n", from);
    if (this.cr < from) this.cr = this.find("\r", from);
    return Math.min(this.lf, this.cr);
  }

  private find(end: string, from: number): number {
    // A blank line follows most lines.
    if (this.text[from] === end) return from;
    const at = this.text.indexOf(end, from);
    return at === -1 ? this.text.length : at;
  }
}
