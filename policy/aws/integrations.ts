import type { Resource } from "../model/graph";
import { and, at, is, list, matches, not, or, some, type Truth } from "../model/value";
import { BUFFERED_INTEGRATION_SECONDS } from "./limits";

const STREAMING_PATH = /\/2021-11-15\/functions\/.+\/response-streaming-invocations$/;

/** Whether an integration hands its answer on as it comes. */
export function isStreamed({ props }: Pick<Resource, "props">): Truth {
  return streams(props);
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

/** Whether an OpenAPI document's integration sends requests over the internet in the clear. A link into a VPC may. */
export function hasPlainTarget(integration: unknown): Truth {
  return and(
    matches(at(integration, "uri"), /^http:/i),
    is(at(integration, "connectionType"), (known) => known !== "VPC_LINK"),
  );
}

/**
 * Whether an OpenAPI document's integration streams as it says: by proxy, to the function's streaming path by POST. Without
 * STREAM that path gives the client the stream's envelope.
 */
export function hasStreamShape(integration: unknown): Truth {
  const type = at(integration, "type");
  const toFunction = and(
    matches(at(integration, "uri"), STREAMING_PATH),
    is(at(integration, "httpMethod"), (known) => known === "POST"),
  );
  const path = matches(at(integration, "uri"), /\/response-streaming-invocations/);
  return or(
    and(streams(integration), or(matches(type, /^http_proxy$/i), and(matches(type, /^aws_proxy$/i), toFunction))),
    and(not(streams(integration)), not(path)),
  );
}

function streams(integration: unknown): Truth {
  return is(at(integration, "responseTransferMode"), (mode) => mode === "STREAM");
}
