import { UNKNOWNS } from "./unknowns";

/** Stands for a value that is not known before the update. It compares equal to nothing else, and never throws. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** What a rule finds out of values some of which may be unknown (Kleene's three-valued logic). */
export type Truth = boolean | typeof UNKNOWN;

/**
 * A resource's properties as plain data in which each unknown is `UNKNOWN`. The SDK hands out a proxy that throws on an unknown, and an
 * exception that escapes ends a policy with one advisory line and loses every finding after it. What has no unknown in it is not copied:
 * the SDK unpacks it anew for each policy.
 */
export function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return known(value);
  // The proxy intercepts reads alone; a descriptor has the value itself, with all that is in it.
  const own = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable);
  const read = own.map(([key, descriptor]) => [key, known(descriptor.value)] as const);
  return Array.isArray(value) ? read.map(([, each]) => each) : Object.fromEntries(read);
}

function known(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const copy = value.map(known);
    return copy.some((each, index) => each !== value[index]) ? copy : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, each] of Object.entries(value)) {
    const read = known(each);
    if (read !== each) (copy ??= { ...value })[key] = read;
  }
  return copy ?? value;
}

/** The value at a path: `undefined` where something on the way is missing, `UNKNOWN` where something on it is unknown. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (current === UNKNOWN) return UNKNOWN;
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current ?? undefined;
}

/** A list as a list: nothing is an empty one, a single value is a list of one (some providers write both forms). */
export function list(value: unknown): readonly unknown[] | typeof UNKNOWN {
  if (value === UNKNOWN) return UNKNOWN;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The entries of an object or map; of anything else, none. Values may be `UNKNOWN`. */
export function entries(value: unknown): readonly (readonly [string, unknown])[] | typeof UNKNOWN {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** True where a value is unknown or has an unknown in it. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** A test of a value that may be unknown. The test sees only what is known; a value with an unknown *inside* it is the caller's affair. */
export function is(value: unknown, test: (known: unknown) => boolean): Truth {
  return value === UNKNOWN ? UNKNOWN : test(value);
}

export function not(truth: Truth): Truth {
  return truth === UNKNOWN ? UNKNOWN : !truth;
}

export function and(...truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(UNKNOWN) ? UNKNOWN : true;
}

export function or(...truths: readonly Truth[]): Truth {
  return not(and(...truths.map(not)));
}

/** Whether a test holds for every item; an unknown list is neither. */
export function every(items: readonly unknown[] | typeof UNKNOWN, test: (item: unknown) => Truth): Truth {
  return items === UNKNOWN ? UNKNOWN : and(...items.map(test));
}

/** Whether a test holds for some item; an unknown list is neither. */
export function some(items: readonly unknown[] | typeof UNKNOWN, test: (item: unknown) => Truth): Truth {
  return items === UNKNOWN ? UNKNOWN : or(...items.map(test));
}

/** Whether two values are the same; an unknown one is neither the same nor another. */
export function same(one: unknown, other: unknown): Truth {
  return one === UNKNOWN || other === UNKNOWN ? UNKNOWN : one === other;
}

/** Whether a value is a text that matches. */
export function matches(value: unknown, pattern: RegExp): Truth {
  return is(value, (known) => typeof known === "string" && pattern.test(known));
}

/** JSON text as a value: `UNKNOWN` where the text is, `undefined` where it is no JSON. An object is taken as it is. */
export function json(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A value as a message shows it: short, and never more than its beginning. */
export function show(value: unknown): string {
  if (value === undefined) return "not set";
  const text = JSON.stringify(value, (_, part: unknown) => (part === UNKNOWN ? "(not known yet)" : part));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
