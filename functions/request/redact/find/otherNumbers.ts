import { isDigit, isHexadecimal } from "./digitRun";
import type { Span } from "./span";

/** Fewest characters of a digest in hexadecimal: those of MD5. */
const DIGEST = 32;
const HYPHEN = 45;
const DOT = 46;
const UUID = /(?<![\dA-Za-z])[\dA-Fa-f]{8}-(?:[\dA-Fa-f]{4}-){3}[\dA-Fa-f]{12}(?![\dA-Za-z])/y;
/** Where the hyphens of a UUID are. */
const UUID_HYPHENS = [8, 13, 18, 23];

/** Whether the digits are a piece of a hexadecimal number, of a UUID, or of a decimal fraction. */
export function isOtherNumber(text: string, [start, end]: Span): boolean {
  const before = text.charCodeAt(start - 1);
  if ((before | 32) === 120 && text[start - 2] === "0") return true;
  const separator = start + firstOther(text, start, end);
  if (separator === end) return (before === DOT && isDigit(text.charCodeAt(start - 2))) || isInDigest(text, start, end);
  const code = text.charCodeAt(separator);
  if (code === DOT && separator + 1 + firstOther(text, separator + 1, end) === end) return true;
  return isInUuid(text, start, separator, end);
}

/** Number of digits there, up to the end. */
function firstOther(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && isDigit(text.charCodeAt(i))) i++;
  return i - start;
}

function isInDigest(text: string, start: number, end: number): boolean {
  let [from, to] = [start, end];
  while (to - from < DIGEST && isHexadecimal(text.charCodeAt(from - 1))) from--;
  while (to - from < DIGEST && isHexadecimal(text.charCodeAt(to))) to++;
  return to - from >= DIGEST;
}

/** Whether a hyphen of a UUID is the first or the last of the value, or next to it. */
function isInUuid(text: string, start: number, separator: number, end: number): boolean {
  let [first, last] = [separator, end - 1];
  while (first < end && text.charCodeAt(first) !== HYPHEN) first++;
  while (last > first && text.charCodeAt(last) !== HYPHEN) last--;
  return [...new Set([first, last, start - 1, end])].some(
    (at) => text.charCodeAt(at) === HYPHEN && isInUuidAt(text, at),
  );
}

function isInUuidAt(text: string, hyphen: number): boolean {
  return UUID_HYPHENS.some((distance) => {
    const uuid = hyphen - distance;
    UUID.lastIndex = uuid;
    return (
      uuid >= 0 &&
      UUID_HYPHENS.every((other) => other === distance || text.charCodeAt(uuid + other) === HYPHEN) &&
      UUID.test(text)
    );
  });
}
