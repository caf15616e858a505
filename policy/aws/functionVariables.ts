import type { Resource } from "../model/graph";
import { at, entries, UNKNOWN } from "../model/value";

/** The environment variables of a function; one that is set to nothing is none. Values may be `UNKNOWN`. */
export function variablesOf({
  props,
}: Pick<Resource, "props">): readonly (readonly [name: string, value: unknown])[] | typeof UNKNOWN {
  const variables = entries(at(props, "environment", "variables"));
  if (variables === UNKNOWN) return UNKNOWN;
  return variables.filter(([, value]) => value !== undefined && value !== null);
}
