/** Bytes as numbers of four bytes each, without up to three bytes at both ends: memory is read so at multiples of four only. */
export interface Words {
  readonly words: Int32Array;
  /** Index of the first word's first byte. */
  readonly offset: number;
}

export function wordsOf({ buffer, byteOffset, length }: Uint8Array): Words {
  const offset = -byteOffset & 3;
  const count = (length - offset) >> 2;
  return { words: count > 0 ? new Int32Array(buffer, byteOffset + offset, count) : new Int32Array(), offset };
}

/** True if no byte of the word is less than 14: it contains no line end. */
export function isInLine(word: number): boolean {
  return ((word - 0x0e0e0e0e) & ~word & 0x80808080) === 0;
}
