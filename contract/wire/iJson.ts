import { visit } from "jsonc-parser";
import { MAX_JSON_DEPTH } from "../aws/limits";

/** A JSON document: its text, and what JSON.parse makes of it. */
export interface JsonDocument {
  readonly text: string;
  readonly value: unknown;
}

/** The document, or undefined where the bytes are not UTF-8 or not JSON; a byte order mark is not JSON. */
export function readJson(body: Uint8Array): JsonDocument | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { text, value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Found where a parser makes something else of the text than its sender wrote. */
class NotInteroperable extends Error {
  constructor(fault: keyof typeof FAULTS) {
    super(FAULTS[fault]);
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * What keeps a document from being I-JSON (https://www.rfc-editor.org/rfc/rfc7493), which can be parsed and written again and means the
 * same to every reader.
 *
 * @returns a sentence without anything of the document, or undefined
 */
export function iJsonFault({ text }: JsonDocument): string | undefined {
  try {
    walk(text);
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

// JSON.parse has found the text well-formed; this walk sees what JSON.parse forgets.
function walk(text: string): void {
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
      if (typeof value === "number" && !survives(value, text.slice(offset, offset + length)))
        throw new NotInteroperable("number");
    },
  });
}

// Fractions are rounded by every reader alike; an integer that changes is another id.
function survives(value: number, source: string): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || /[.eE]/.test(source));
}
