import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import { DOORS } from "../../contract/wire/doors";
import { billOf, total } from "./bill";
import type { DeclaredDoor } from "./declared";
import type { Usage } from "./usage";

/** The amount that grows while two doors are compared. */
export type Varied = "requests" | "bytes";

/** The largest amounts that are compared: 10 billion requests, and what Lambda streams as one answer. */
const LARGEST: Readonly<Record<Varied, number>> = { requests: 1e10, bytes: 200e6 };

/** Index of the door that costs less, or `same`. */
export type Cheaper = 0 | 1 | "same";

/** Which of two doors costs less as one amount grows from 1. */
export interface BreakEven {
  readonly of: Varied;
  readonly first: Cheaper;
  /** The amount at which that changes, and what then holds; undefined if it never does. */
  readonly change: { readonly from: number; readonly then: Cheaper } | undefined;
}

/** Finds the first amount at which it changes which of two doors costs less. */
export function breakEven(doors: readonly [DeclaredDoor, DeclaredDoor], usage: Usage, of: Varied): BreakEven {
  const cheaper = (amount: number): Cheaper => {
    const [a, b] = [doors[0], doors[1]].map((door) => total(billOf(door, { ...usage, [of]: amount }))) as [
      number,
      number,
    ];
    // Sums of many floating-point numbers.
    if (Math.abs(a - b) < 1e-9 * Math.max(a, b)) return "same";
    return a < b ? 0 : 1;
  };
  const buffered = doors.some(({ name }) => DOORS[name].buffered);
  const largest = of === "bytes" && buffered ? LAMBDA_PAYLOAD_BYTES : LARGEST[of];
  const first = cheaper(1);
  // Steps that do not pass over the jumps of 10 MB in the price of an API.
  for (let low = 1, high = 2; high <= largest; low = high, high = Math.ceil(high * 1.02)) {
    if (cheaper(high) === first) continue;
    let [before, from] = [low, high];
    while (from - before > 1) {
      const middle = Math.floor((before + from) / 2);
      if (cheaper(middle) === first) before = middle;
      else from = middle;
    }
    return { of, first, change: { from, then: cheaper(from) } };
  }
  return { of, first, change: undefined };
}
