import { Random } from "./random";
import { HARMLESS } from "./texts";
import { LOCALES, VALUES, type Kind } from "./values";

const FRAGMENTS = [
  "1.1.1.",
  "1",
  "1 ",
  "3 ",
  "4.",
  "4111 ",
  "6011-",
  "3000 ",
  "a",
  "a@",
  "a@a.",
  "@a-",
  "%40a.",
  "+1",
  "001 ",
  "(212) ",
  "212-555-",
  "123-45-",
  "DE12 ",
  "DE89 3704 ",
  "A",
  "Aa1/",
  "key/",
  "secret/",
  "%2F",
  "%3D",
  "\\n",
  "\\u0022",
  "\\u002f",
  "0x",
  "eyJ",
  "4111111111111111 ",
  "41111111-1111-1111-4111-111111111111 ",
  ".wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "\\/",
  "%20",
  "1.2.3.4 ",
  "1.2.3.4, ",
  "v1.2.3.4 ",
  "section ",
  "AKIA",
  "-",
  "_",
  "=",
  "😀",
  "ä",
  "é@é.é",
  "x@y.zz ",
  "phone ",
  "\r\n",
  "\u00a0",
  "a%40",
  "a%40a.aa",
  "a.aa%40a.aa%3D",
  "4111-1111-1111-1111",
  "LC12-",
  "DE%20",
  "‑",
] as const satisfies readonly [string, ...string[]];
/** Text without anything to find. */
export const PROSE =
  "The quarterly report, which we sent on Monday, says that revenue grew by 12 % in 2025; see page 7 for more. ";

/** Texts that a detector's search may be slow on, each to be repeated: the fragments alone, then mixtures. */
export function slowUnits(count = 400): readonly string[] {
  const random = new Random(3);
  return Array.from({ length: count }, (_, i) => FRAGMENTS[i] ?? hostile(random));
}

/** Repeated fragments, near misses of values (cut, changed, moved by a character), and mixtures. */
function hostile(random: Random): string {
  const kind = random.of(Object.keys(VALUES) as [Kind, ...Kind[]]);
  const value = VALUES[kind](random, random.of(Object.values(LOCALES) as [typeof LOCALES.us, typeof LOCALES.us]));
  const cut = value.slice(0, -1 - random.below(3));
  const moved = value.slice(1 + random.below(3));
  const piece = () => random.of([random.of(FRAGMENTS), random.of(FRAGMENTS), cut, moved, value]);
  return random.of([
    () => random.of(FRAGMENTS),
    () => piece() + piece(),
    () => Array.from({ length: 1 + random.below(6) }, piece).join(""),
    () => cut + random.of(["", " ", "-", ".", "x"]),
    () => random.of(HARMLESS)(random),
  ])();
}

export const filled = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
