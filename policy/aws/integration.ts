import { and, at, is, matches, not, or, type Truth } from "../model/value";

const STREAMING_PATH = /\/2021-11-15\/functions\/.+\/response-streaming-invocations$/;

/** Whether an integration sends requests over the internet in the clear. A link into a VPC may. */
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
  const streams = is(at(integration, "responseTransferMode"), (known) => known === "STREAM");
  const toFunction = and(
    matches(at(integration, "uri"), STREAMING_PATH),
    is(at(integration, "httpMethod"), (known) => known === "POST"),
  );
  const path = matches(at(integration, "uri"), /\/response-streaming-invocations/);
  return or(
    and(streams, or(matches(type, /^http_proxy$/i), and(matches(type, /^aws_proxy$/i), toFunction))),
    and(not(streams), not(path)),
  );
}
