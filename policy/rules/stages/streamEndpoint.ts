import { apiOf, partsOf } from "../../aws/apis";
import { isStreamed } from "../../aws/integrations";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

export const streamEndpoint = defineRule({
  id: "fd-apigateway-stream-endpoint",
  description: "An API that streams answers is not edge-optimized.",
  rationale:
    "An edge-optimized endpoint ends a stream after 30 seconds of silence, a regional or private one after 5 minutes; agents think longer (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html). EDGE is the default.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD18"] },
  remediationSteps: 'Set endpointConfiguration.types to "REGIONAL" or "PRIVATE" on the RestApi.',
  stack: {
    types: [TYPES.integration],
    check: (graph) => [
      ...graph.all(TYPES.restApi).flatMap((api) => checkApi(graph, api)),
      ...graph.all(TYPES.integration).flatMap((integration) => checkStray(graph, integration)),
    ],
  },
});

function checkApi(graph: PolicyGraph, api: StackResource) {
  const streamed = or(
    ...partsOf(graph, api.urn, TYPES.integration).map(({ part, belongs }) => and(belongs, isStreamed(part))),
  );
  const property = "endpointConfiguration.types";
  const value = at(api.props, "endpointConfiguration", "types");
  return judgeProperty(api, property, value, not(and(streamed, isEdge(value))), '"REGIONAL" or "PRIVATE"');
}

/** Of an API in another stack nobody knows the endpoint here. */
function checkStray(graph: PolicyGraph, integration: StackResource) {
  const api = apiOf(graph, integration);
  if (api !== undefined && graph.get(api)) return [];
  return judge(integration, or(not(isStreamed(integration)), UNKNOWN), {
    finding: "restApi",
    seen: "it streams, and the endpoint type of its API is not known",
    wanted: "an API of this stack that is REGIONAL or PRIVATE",
  });
}

/** A text in the provider's 7.x, a list before. */
function isEdge(types: unknown): Truth {
  const known = list(types);
  return or(
    is(known, (each) => (each as unknown[]).length === 0),
    some(known, (type) => is(type, (each) => each === "EDGE")),
  );
}
