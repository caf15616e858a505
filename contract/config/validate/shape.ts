import { distance } from "fastest-levenshtein";

/** ` (did you mean X?)` if one of the names differs from `name` in at most two characters; otherwise an empty text. */
export function closest(name: string, names: readonly string[]): string {
  const near = names.find((each) => distance(name.toLowerCase(), each.toLowerCase()) <= 2);
  return near === undefined ? "" : ` (did you mean \`${near}\`?)`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Yields an error for each unknown key of an object. */
export function* validateKnownKeys(key: string, value: object, known: readonly string[]): Generator<string> {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      yield `\`${key}.${name}\` does not exist${closest(name, known)}. Use ${known.join(", ")}.`;
    }
  }
}

/** Yields an error if the value is not a boolean. */
export function* validateBoolean(key: string, value: unknown): Generator<string> {
  if (typeof value !== "boolean") yield `\`${key}\` is ${formatValue(value)}. Use true or false.`;
}

/**
 * Yields an error if the value is not a whole number within the limits.
 *
 * @param source the source of the limit, in words
 */
export function* validateInteger(
  key: string,
  value: unknown,
  least: number,
  most: number,
  source: string,
): Generator<string> {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    yield `\`${key}\` is ${formatValue(value)}. Use a whole number from ${least} to ${most} (${source}).`;
  }
}

/**
 * Yields an error if a list contains a name twice.
 *
 * @param what the kind of name, in words
 * @param same returns the form in which names are compared. For example, header names ignore case, field names do not.
 */
export function* validateUnique(
  key: string,
  what: string,
  names: readonly string[],
  same = (name: string): string => name,
): Generator<string> {
  const keys = names.map(same);
  const again = names.find((_, index) => keys.indexOf(keys[index] ?? "") < index);
  if (again !== undefined) yield `\`${key}\` names the ${what} "${again}" twice. Name each once.`;
}

/** What stands for a text that is not known yet. Each has a number behind it, so that no two are the same. */
const UNKNOWN = "unknown:";

/** A text that stands for one that is known later. The checks of form pass over it. */
export function unknownText(number: number): string {
  return `${UNKNOWN}${number}`;
}

export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && value.startsWith(UNKNOWN);
}

export function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && text !== "");
}

/** A config value for an error message, on one line; `missing` for undefined. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "missing";
  return typeof value === "string" && !/\p{Cc}/u.test(value) ? `"${value}"` : JSON.stringify(value);
}
