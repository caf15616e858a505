const [LF, CR] = [0x0a, 0x0d];

/** Finds the line ends of a chunk with the native search, which is several times faster than a loop. */
export class LineEnds {
  private lf = -1;
  private cr = -1;

  constructor(private readonly chunk: Buffer) {}

  /** Index of the first LF or CR at `from` or after it, or the chunk's length. `from` never decreases, so each byte is searched once. */
  after(from: number): number {
    if (this.lf < from) this.lf = this.next(LF, from);
    if (this.cr < from) this.cr = this.next(CR, from);
    return Math.min(this.lf, this.cr);
  }

  private next(byte: number, from: number): number {
    const index = this.chunk.indexOf(byte, from);
    return index < 0 ? this.chunk.length : index;
  }
}
