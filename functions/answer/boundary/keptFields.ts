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

  /** Compares the line from there with the field. */
  read(chunk: Buffer, from: number): void {
    for (let i = from; this.field && i < chunk.length; i++) {
      if (chunk[i] !== this.field[this.matched]) this.field = undefined;
      else if (++this.matched === this.field.byteLength) {
        this.found = true;
        this.field = undefined;
      }
    }
  }
}
