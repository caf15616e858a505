import type { Span } from "./span";

const PERCENT = 37;
const BACKSLASH = 92;
const SEPARATORS: ReadonlySet<number> = new Set(
  Array.from(" .-_+\u00a0\u2007\u202f\u2010\u2011\u2012\u2013\u2014\u2015", (separator) => separator.charCodeAt(0)),
);

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isHexadecimal = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);

/** Length of what is there and is not a digit: an escape of a URL (%3D) or of JSON (\u0022) can contain digits. Anything else is one character. */
export function escapeAt(text: string, at: number, code: number): number {
  if (code === PERCENT) return hexadecimals(text, at + 1, 2) ? 3 : 1;
  return code === BACKSLASH && text[at + 1] === "u" && hexadecimals(text, at + 2, 4) ? 6 : 1;
}

function hexadecimals(text: string, at: number, count: number): boolean {
  let i = 0;
  while (i < count && isHexadecimal(text.charCodeAt(at + i))) i++;
  return i === count;
}

/** Length of the separator of two digits there; 0 if there is none. */
function separatorAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === PERCENT) return text.startsWith("%20", at) || text.startsWith("%2D", at) ? 3 : 0;
  return SEPARATORS.has(code) ? 1 : 0;
}

/**
 * The digits of a run, their places, and their Luhn sums from the beginning, modulo 10, with the digits at even or at odd places doubled. The
 * sum of any number in the run is a difference, so its check takes constant time. The memory is used again for each run of the text.
 */
export class DigitRun {
  count = 0;
  private readonly digits: Uint8Array;
  private readonly at: Int32Array;
  private readonly even: Uint8Array;
  private readonly odd: Uint8Array;

  constructor(readonly text: string) {
    this.digits = new Uint8Array(text.length);
    this.at = new Int32Array(text.length);
    this.even = new Uint8Array(text.length + 1);
    this.odd = new Uint8Array(text.length + 1);
  }

  /** Reads the run of digits there, with at most one separator between two of them. @returns where it ends */
  read(from: number): number {
    this.count = 0;
    let next = from;
    for (let code = this.text.charCodeAt(from); isDigit(code); code = this.text.charCodeAt(next)) {
      this.add(code - 48, next++);
      const separator = separatorAt(this.text, next);
      if (separator === 0) continue;
      if (!isDigit(this.text.charCodeAt(next + separator))) break;
      next += separator;
    }
    return next;
  }

  private add(digit: number, at: number): void {
    const i = this.count++;
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    const isEven = i % 2 === 0;
    this.digits[i] = digit;
    this.at[i] = at;
    this.even[i + 1] = ((this.even[i] ?? 0) + (isEven ? doubled : digit)) % 10;
    this.odd[i + 1] = ((this.odd[i] ?? 0) + (isEven ? digit : doubled)) % 10;
  }

  /** Whether a group of digits begins there, or the run has ended. */
  startsGroup(i: number): boolean {
    return i === 0 || i === this.count || (this.at[i] ?? 0) - (this.at[i - 1] ?? 0) > 1;
  }

  /** The first four digits of the number there. */
  prefix(i: number): number {
    const { digits } = this;
    return (((digits[i] ?? 0) * 10 + (digits[i + 1] ?? 0)) * 10 + (digits[i + 2] ?? 0)) * 10 + (digits[i + 3] ?? 0);
  }

  /** Doubles every second digit from the right, beginning with the last but one. */
  passesLuhn(first: number, end: number): boolean {
    const sums = end % 2 === 0 ? this.even : this.odd;
    return sums[end] === sums[first];
  }

  span(first: number, end: number): Span {
    return [this.at[first] ?? 0, (this.at[end - 1] ?? 0) + 1];
  }
}
