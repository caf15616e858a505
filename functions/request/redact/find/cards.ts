import { DigitRun, escapeAt, isDigit } from "./digitRun";
import { isOtherNumber } from "./otherNumbers";
import type { Span } from "./span";

type Lengths = readonly number[];
const FROM_14: Lengths = [14, 15, 16, 17, 18, 19];
const FROM_16: Lengths = [16, 17, 18, 19];

/**
 * First four digits and lengths of the numbers of each scheme. Visa's 13 digits are no longer issued, and an article number (EAN) has 13.
 * https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)
 */
const SCHEMES: readonly (readonly [first: number, last: number, lengths: Lengths])[] = [
  [2200, 2204, FROM_16], // Mir
  [2221, 2720, [16]], // Mastercard
  [3000, 3059, FROM_14], // Diners Club
  [3095, 3095, FROM_14],
  [3400, 3499, [15]], // American Express
  [3528, 3589, FROM_16], // JCB
  [3600, 3699, FROM_14], // Diners Club
  [3700, 3799, [15]], // American Express
  [3800, 3999, FROM_14], // Diners Club
  [4000, 4999, [16, 18, 19]], // Visa, Elo
  [5018, 5018, FROM_14], // Maestro
  [5020, 5020, FROM_14],
  [5038, 5038, FROM_14],
  [5041, 5041, [16]], // Elo
  [5066, 5067, [16]],
  [5080, 5099, [16]], // RuPay, Elo
  [5100, 5599, [16]], // Mastercard
  [5893, 5893, FROM_14], // Maestro
  [6000, 6010, [16]], // RuPay
  [6011, 6011, FROM_16], // Discover
  [6012, 6099, [16]], // RuPay
  [6200, 6299, FROM_16], // UnionPay
  [6304, 6304, FROM_14], // Maestro
  [6362, 6363, [16]], // Elo
  [6370, 6370, [16]], // Hipercard
  [6440, 6599, FROM_16], // Discover, Elo, RuPay
  [6759, 6759, FROM_14], // Maestro
  [6761, 6763, FROM_14],
  [8100, 8299, FROM_16], // UnionPay, RuPay
  [9792, 9792, [16]], // Troy
];

/** Lengths by the first four digits. A table, because a text can have a number at every digit. */
const LENGTHS: readonly (Lengths | undefined)[] = Array.from(
  { length: 10_000 },
  (_, prefix) => SCHEMES.find(([first, last]) => first <= prefix && prefix <= last)?.[2],
);

const FEWEST_DIGITS = 14;

/** Card numbers: digits with the prefix and a length of a card scheme that pass the Luhn check. A match consists of whole groups of digits. */
export function cards(text: string): Span[] {
  const found: Span[] = [];
  // Most texts have no digits, and then need no memory for them.
  let run: DigitRun | undefined;
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) i += escapeAt(text, i, code);
    else {
      run ??= new DigitRun(text);
      i = run.read(i);
      if (run.count >= FEWEST_DIGITS) findInRun(run, found);
    }
  }
  return found;
}

function findInRun(run: DigitRun, found: Span[]): void {
  for (let first = 0; first + FEWEST_DIGITS <= run.count; first++) {
    if (!run.startsGroup(first)) continue;
    const lengths = LENGTHS[run.prefix(first)];
    if (lengths === undefined) continue;
    for (let i = lengths.length - 1; i >= 0; i--) {
      const end = first + (lengths[i] ?? 0);
      if (end > run.count || !run.startsGroup(end) || !run.passesLuhn(first, end)) continue;
      const span = run.span(first, end);
      if (!isOtherNumber(run.text, span)) found.push(span);
      first = end - 1;
      break;
    }
  }
}
