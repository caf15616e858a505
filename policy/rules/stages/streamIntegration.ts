import { isOfType, isStreamed } from "../../aws/integrations";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judgeProperty, type Finding } from "../../model/rule";
import { and, is, not, or, UNKNOWN, type Truth } from "../../model/value";

const STREAMING =
  /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2021-11-15\/functions\/arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[^/\s]+\/response-streaming-invocations$/;

const WANTED_URI = "the function's responseStreamingInvokeArn with STREAM, its invokeArn else";

export const streamIntegration = defineRule({
  id: "fd-apigateway-stream-integration",
  description:
    "An integration that streams is a proxy that calls the function's streaming path by POST, and no other integration calls that path.",
  rationale:
    "Transfer mode and path have to agree: a stream without the streaming path is not supported, and neither is the streaming path without a stream; an answer then has no body, or fails (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html).",
  severity: "high",
  frameworks: { catalogue: ["FD19"] },
  remediationSteps:
    'With responseTransferMode "STREAM", set type to AWS_PROXY or HTTP_PROXY; for a function, set uri to its responseStreamingInvokeArn and integrationHttpMethod to POST. Without it, set uri to the function\'s invokeArn.',
  resource: { types: [TYPES.integration], check: checkShape },
  stack: {
    types: [TYPES.integration],
    check: (graph) => graph.all(TYPES.integration).flatMap((integration) => checkUnknownUri(graph, integration)),
  },
});

function checkShape(integration: Resource): readonly Finding[] {
  const { type, uri, integrationHttpMethod } = integration.props;
  const streamed = isStreamed(integration);
  const ofLambda = isOfType(integration, "AWS_PROXY");
  return [
    ...judgeProperty(
      integration,
      "type",
      type,
      or(not(streamed), isOfType(integration, "AWS_PROXY", "HTTP_PROXY")),
      '"AWS_PROXY" or "HTTP_PROXY"',
    ),
    // Unknown here is the usual case, and the stack form follows it.
    ...(uri === UNKNOWN ? [] : judgeProperty(integration, "uri", uri, isRight(integration), WANTED_URI)),
    ...judgeProperty(
      integration,
      "integrationHttpMethod",
      integrationHttpMethod,
      or(
        not(ofLambda),
        is(integrationHttpMethod, (method) => method === "POST"),
      ),
      '"POST"',
    ),
  ];
}

function isRight(integration: Resource): Truth {
  const { uri } = integration.props;
  const streamed = isStreamed(integration);
  const streaming = is(uri, (known) => STREAMING.test(String(known)));
  const resembles = is(uri, (known) =>
    /\/2021-11-15\/functions\/|\/response-streaming-invocations/.test(String(known)),
  );
  return or(and(streamed, or(not(isOfType(integration, "AWS_PROXY")), streaming)), and(not(streamed), not(resembles)));
}

/**
 * The URI of a function that is yet to be made is one of two that the provider will compute. Which one, the resource form sees
 * when the function is there and before the integration is made: every other unknown is unproven.
 */
function checkUnknownUri(graph: PolicyGraph, integration: StackResource): readonly Finding[] {
  const { uri } = integration.props;
  if (uri !== UNKNOWN) return [];
  const postponed = [TYPES.function, TYPES.alias].some((type) => {
    const { to, sure } = link(graph, integration, "uri", type);
    return sure && to.every(({ props }) => typeof props["arn"] !== "string");
  });
  const ofLambda = isOfType(integration, "AWS_PROXY", "AWS");
  return judgeProperty(integration, "uri", uri, postponed || or(not(ofLambda), UNKNOWN), WANTED_URI);
}
