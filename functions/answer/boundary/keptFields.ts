const FIELDS = [Buffer.from("id:"), Buffer.from("retry:")];

/** Looks for the fields that some clients keep after their event, in lines that arrive in pieces. */
export class KeptFields {
  /** True once such a field was found. */
  found = false;
  /** The field that the current line can begin with, and how many of its bytes were read. */
  private field: Buffer | undefined;
  private matched = 0;

  /** Begins a line with this byte. */
  startLine(first: number): void {
    this.field = undefined;
    for (const field of FIELDS) if (field[0] === first) this.field = field;
    this.matched = 0;
  }

  /** @returns the index after the bytes that can be the field's name */
  read(chunk: Buffer, from: number): number {
    let i = from;
    while (this.field && i < chunk.length) {
      if (chunk[i] !== this.field[this.matched]) this.field = undefined;
      else {
        i++;
        if (++this.matched < this.field.byteLength) continue;
        this.found = true;
        this.field = undefined;
      }
    }
    return i;
  }
}
