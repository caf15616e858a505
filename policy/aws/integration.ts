import { and, at, is, not, or, type Truth } from "../model/value";

const STREAMING_PATH = /\/2021-11-15\/functions\/.+\/response-streaming-invocations$/;

/** Whether an integration sends requests over the internet in the clear. A link into a VPC may. */
export function hasPlainTarget(integration: unknown): Truth {
  return and(
    is(at(integration, "uri"), (known) => typeof known === "string" && /^http:/i.test(known)),
    is(at(integration, "connectionType"), (known) => known !== "VPC_LINK"),
  );
}

/**
 * Whether an OpenAPI document's integration streams as it says: by proxy, to the function's streaming path by POST. Without
 * STREAM that path gives the client the stream's envelope.
 */
export function hasStreamShape(integration: unknown): Truth {
  const type = at(integration, "type");
  const isType = (name: string) => is(type, (known) => String(known).toLowerCase() === name);
  const streams = is(at(integration, "responseTransferMode"), (known) => known === "STREAM");
  const toFunction = and(
    is(at(integration, "uri"), (known) => typeof known === "string" && STREAMING_PATH.test(known)),
    is(at(integration, "httpMethod"), (known) => known === "POST"),
  );
  const path = is(at(integration, "uri"), (known) => String(known).includes("/response-streaming-invocations"));
  return or(and(streams, or(isType("http_proxy"), and(isType("aws_proxy"), toFunction))), and(not(streams), not(path)));
}
