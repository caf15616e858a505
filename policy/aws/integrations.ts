import type { Resource } from "../model/graph";
import { at, is, list, some, type Truth } from "../model/value";
import { BUFFERED_INTEGRATION_SECONDS } from "./limits";

/** Whether an integration hands its answer on as it comes. */
export function isStreamed({ props }: Pick<Resource, "props">): Truth {
  return is(props["responseTransferMode"], (mode) => mode === "STREAM");
}

/** Whether an integration is one of some types. */
export function isOfType({ props }: Pick<Resource, "props">, ...types: readonly string[]): Truth {
  return is(props["type"], (type) => types.includes(String(type)));
}

/** What an integration waits, milliseconds, and whether that is only the provider's default. */
export function timeoutOf({ props }: Pick<Resource, "props">): { value: unknown; isDefault: Truth } {
  const value = at(props, "timeoutMilliseconds");
  if (value === undefined) return { value: BUFFERED_INTEGRATION_SECONDS * 1000, isDefault: true };
  const defaults = list(at(props, "__defaults"));
  return { value, isDefault: some(defaults, (name) => is(name, (known) => known === "timeoutMilliseconds")) };
}
