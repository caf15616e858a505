import { distance } from "fastest-levenshtein";

/** ` (did you mean X?)`, where one of the names is a slip away from `name`; else nothing. */
export function closest(name: string, names: readonly string[]): string {
  const near = names.find((each) => distance(name.toLowerCase(), each.toLowerCase()) <= 2);
  return near === undefined ? "" : ` (did you mean \`${near}\`?)`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names inside an object that nobody reads, one mistake each. */
export function* unknownKeys(key: string, value: object, known: readonly string[]): Generator<string> {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      yield `\`${key}.${name}\` does not exist${closest(name, known)}. Use ${known.join(", ")}.`;
    }
  }
}

/** A mistake where a value is neither true nor false, or nothing. */
export function* notBoolean(key: string, value: unknown): Generator<string> {
  if (typeof value !== "boolean") yield `\`${key}\` is ${shown(value)}. Use true or false.`;
}

/**
 * A mistake where a value is not a whole number within the limits, or nothing.
 *
 * @param source where the limit comes from, in words
 */
export function* outOfRange(
  key: string,
  value: unknown,
  least: number,
  most: number,
  source: string,
): Generator<string> {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    yield `\`${key}\` is ${shown(value)}. Use a whole number from ${least} to ${most} (${source}).`;
  }
}

/**
 * A mistake where a name is on a list twice.
 *
 * @param what the kind of name, in words
 * @param same what makes two names one; header names have no case, names of fields have
 */
export function* twice(
  key: string,
  what: string,
  names: readonly string[],
  same = (name: string): string => name,
): Generator<string> {
  const keys = names.map(same);
  const again = names.find((_, index) => keys.indexOf(keys[index] ?? "") < index);
  if (again !== undefined) yield `\`${key}\` names the ${what} "${again}" twice. Name each once.`;
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && text !== "");
}

/** A value of the config as it stands in a message, on one line; `missing` of none. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  return typeof value === "string" && !/\p{Cc}/u.test(value) ? `"${value}"` : JSON.stringify(value);
}
