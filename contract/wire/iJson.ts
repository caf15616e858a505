import { visit } from "jsonc-parser";
import { MAX_JSON_DEPTH } from "../aws/limits";

/** A JSON document: its text and its parsed value. */
export interface JsonDocument {
  readonly text: string;
  readonly value: unknown;
}

/** Reads a document. Returns undefined if the bytes are not UTF-8 or not JSON, which includes a byte order mark. */
export function readJson(body: Uint8Array): JsonDocument | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { text, value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Thrown if parsers can read the text differently. */
class NotInteroperable extends Error {
  constructor(reason: keyof typeof FAULTS) {
    super(FAULTS[reason]);
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Checks whether a document is I-JSON (https://www.rfc-editor.org/rfc/rfc7493): it can be parsed and written again, and means the same to every
 * reader.
 *
 * @returns the reason why it is not, a sentence without data of the document; undefined if it is
 */
export function iJsonError({ text }: JsonDocument): string | undefined {
  try {
    checkDocument(text);
    return undefined;
  } catch (error) {
    if (error instanceof NotInteroperable) return error.message;
    throw error;
  }
}

const FAULTS = {
  depth: `It has more than ${MAX_JSON_DEPTH} levels.`,
  surrogate: "It has half a surrogate pair.",
  prototype: "It has a name that reaches a JavaScript prototype.",
  duplicate: "It has a name twice in one object.",
  number: "It has a number that is not exact as a double.",
} as const;

// JSON.parse has already checked the syntax. This check finds what JSON.parse drops, such as duplicate names.
function checkDocument(text: string): void {
  const names: Set<string>[] = [];
  let depth = 0;
  const enter = () => {
    if (++depth > MAX_JSON_DEPTH) throw new NotInteroperable("depth");
    names.push(new Set());
  };
  const leave = () => {
    depth--;
    names.pop();
  };
  visit(text, {
    onObjectBegin: enter,
    onObjectEnd: leave,
    onArrayBegin: enter,
    onArrayEnd: leave,
    onObjectProperty: (name, _offset, _length, _line, _character, path) => {
      if (LONE_SURROGATE.test(name)) throw new NotInteroperable("surrogate");
      if (name === "__proto__" || (name === "prototype" && path().at(-1) === "constructor"))
        throw new NotInteroperable("prototype");
      if (names.at(-1)?.has(name)) throw new NotInteroperable("duplicate");
      names.at(-1)?.add(name);
    },
    onLiteralValue: (value: unknown, offset, length) => {
      if (typeof value === "string" && LONE_SURROGATE.test(value)) throw new NotInteroperable("surrogate");
      if (typeof value === "number" && !isExact(value, text.slice(offset, offset + length)))
        throw new NotInteroperable("number");
    },
  });
}

/** A decimal number as its significant digits and the power of ten of the last one. */
interface Decimal {
  readonly digits: string;
  readonly power: number;
}

/** Longer texts are not parsed: no double needs more than 326 characters, without an exponent. */
const LONGEST_NUMBER = 400;

/** Digits that tell every double from its neighbours. Some writers always use that many: 0.10000000000000001 for 0.1. */
const DOUBLE_DIGITS = 17;

const SMALLEST_NORMAL = 2 ** -1022;

/** Whether a writer that reads the number as a double writes the same number. A changed integer would be another id. */
function isExact(value: number, source: string): boolean {
  if (Object.is(value, -0) || !Number.isFinite(value) || source.length > LONGEST_NUMBER) return false;
  if (!/[.eE]/.test(source)) return Number.isSafeInteger(value);
  const [read, written] = [decimalOf(source), decimalOf(String(value))];
  if (read.digits === written.digits && read.power === written.power) return true;
  return read.power < 0 && read.digits.length <= DOUBLE_DIGITS && Math.abs(value) >= SMALLEST_NORMAL;
}

function decimalOf(number: string): Decimal {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  return { digits, power: digits === "" ? 0 : Number(exponent) - fraction.length + all.length - digits.length };
}
