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

const DIGIT_RUN = /\d(?:(?:[ .\-_+\u00a0\u2007\u202f\u2010-\u2015]|%20|%2D)?\d){13,}/g;

/** Card numbers: digits with the prefix and a length of a card scheme that pass the Luhn check. A match consists of whole groups of digits. */
export function cards(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(DIGIT_RUN)) findInRun(text, index, index + run.length, found);
  return found;
}

function findInRun(text: string, from: number, to: number, found: Span[]): void {
  const { digits, at } = digitsOf(text, from, to);
  const sums = luhnSums(digits);
  for (let first = 0; first + 14 <= digits.length; first++) {
    if (!startsGroup(at, first)) continue;
    const lengths = LENGTHS[prefixAt(digits, first)];
    if (lengths === undefined) continue;
    for (let i = lengths.length - 1; i >= 0; i--) {
      const end = first + (lengths[i] ?? 0);
      if (end > digits.length || !startsGroup(at, end) || !passesLuhn(sums, first, end)) continue;
      const span: Span = [at[first] ?? 0, (at[end - 1] ?? 0) + 1];
      if (!isOtherNumber(text, span)) found.push(span);
      first = end - 1;
      break;
    }
  }
}

const UUID = /(?<![\dA-Za-z])[\dA-Fa-f]{8}-(?:[\dA-Fa-f]{4}-){3}[\dA-Fa-f]{12}(?![\dA-Za-z])/g;
/** Fewest characters of a digest in hexadecimal: those of MD5. */
const DIGEST = 32;

/** Whether the digits are a piece of a hexadecimal number, of a UUID, or of a decimal fraction. */
function isOtherNumber(text: string, [start, end]: Span): boolean {
  if (/0x$/i.test(text.slice(Math.max(0, start - 2), start))) return true;
  const value = text.slice(start, end);
  if (/^\d+$/.test(value)) {
    if (/\d[.]$/.test(text.slice(Math.max(0, start - 2), start))) return true;
    const before = /[\dA-Fa-f]*$/.exec(text.slice(Math.max(0, start - DIGEST), start))?.[0].length ?? 0;
    const after = /^[\dA-Fa-f]*/.exec(text.slice(end, end + DIGEST))?.[0].length ?? 0;
    return before + value.length + after >= DIGEST;
  }
  if (/^\d+\.\d+$/.test(value)) return true;
  if (!value.includes("-")) return false;
  const from = Math.max(0, start - 36);
  return [...text.slice(from, end + 36).matchAll(UUID)].some(
    ({ 0: uuid, index }) => from + index < end && from + index + uuid.length > start,
  );
}

/** The digits of a run and their places. Digits of an escape (%20, \u0022) are left out. */
function digitsOf(text: string, from: number, to: number): { digits: Uint8Array; at: Int32Array } {
  const digits = new Uint8Array(to - from);
  const at = new Int32Array(to - from);
  let count = 0;
  const escape = text[from - 1] === "%" ? 2 : text.startsWith("\\u", from - 2) ? 4 : 0;
  for (let i = from + escape; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit === PERCENT) i += 2;
    else if (digit >= 0 && digit <= 9) {
      digits[count] = digit;
      at[count++] = i;
    }
  }
  return { digits: digits.subarray(0, count), at: at.subarray(0, count) };
}

const PERCENT = "%".charCodeAt(0) - 48;

/** Whether a group of digits begins there, or the run has ended. */
function startsGroup(at: Int32Array, i: number): boolean {
  return i === 0 || i === at.length || (at[i] ?? 0) - (at[i - 1] ?? 0) > 1;
}

function prefixAt(digits: Uint8Array, i: number): number {
  return (((digits[i] ?? 0) * 10 + (digits[i + 1] ?? 0)) * 10 + (digits[i + 2] ?? 0)) * 10 + (digits[i + 3] ?? 0);
}

/**
 * Sums of the digits from each place to the end, as the Luhn check counts them: every second digit doubled. The sum of any number in the run
 * is a difference, so that the check of one number takes constant time. `sums[0]` doubles the digits at even places, `sums[1]` at odd ones.
 */
function luhnSums(digits: Uint8Array): readonly [Int32Array, Int32Array] {
  const even = new Int32Array(digits.length + 1);
  const odd = new Int32Array(digits.length + 1);
  let [sumEven, sumOdd] = [0, 0];
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i] ?? 0;
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    even[i + 1] = sumEven += i % 2 === 0 ? doubled : digit;
    odd[i + 1] = sumOdd += i % 2 === 0 ? digit : doubled;
  }
  return [even, odd];
}

/** Doubles every second digit from the right, beginning with the last but one. */
function passesLuhn([even, odd]: ReturnType<typeof luhnSums>, first: number, end: number): boolean {
  const sums = end % 2 === 0 ? even : odd;
  return ((sums[end] ?? 0) - (sums[first] ?? 0)) % 10 === 0;
}
