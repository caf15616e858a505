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
  number: "It has a number that a double cannot hold.",
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

// Every reader rounds fractions in the same way. A rounded integer would be a different id.
function isExact(value: number, source: string): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || /[.eE]/.test(source));
}
