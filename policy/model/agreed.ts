import { UNKNOWN, type Truth } from "./value";

/** What holds of each of several that may be meant: of nobody knows which, nothing is certain but what they have in common. */
export function agreed(truths: readonly Truth[]): Truth {
  const [first = UNKNOWN, ...others] = truths;
  return others.every((truth) => truth === first) ? first : UNKNOWN;
}
