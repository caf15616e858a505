/** Pseudo-random choices, the same in each run. */
export interface Random {
  below: (limit: number) => number;
  of: (signs: string, count: number) => string;
  digits: (count: number) => string;
  pick: (from: readonly [string, ...string[]]) => string;
}

/** The generator mulberry32, by its seed. */
export const seeded = (seed: number): Random => {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
  const of = (signs: string, count: number): string =>
    Array.from({ length: count }, () => signs.charAt(below(signs.length))).join("");
  return { below, of, digits: (count) => of("0123456789", count), pick: (from) => from[below(from.length)] ?? from[0] };
};
