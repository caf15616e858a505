import type { StackResource } from "./graph";
import { UNKNOWN, type Truth } from "./value";

/** Whether two resources say the same in a property: by the values, or, where neither is known yet, by where they come from. */
export function isSameProperty(
  one: StackResource,
  other: StackResource,
  property: string,
  canonical: (value: unknown) => unknown = (value) => value,
): Truth {
  const [first, second] = [one, other].map(({ props }) => props[property] ?? undefined);
  if (first !== UNKNOWN && second !== UNKNOWN) return canonical(first) === canonical(second);
  if (first !== second) return UNKNOWN;
  const [from, to] = [one, other].map(({ sources }) => [...(sources[property] ?? [])].sort().join());
  return (from !== "" && from === to) || UNKNOWN;
}
