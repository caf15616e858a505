import { apiOf, partsOf } from "../../aws/apis";
import { isStreamed } from "../../aws/integrations";
import { placeOf } from "../../aws/methods";
import { setting } from "../../aws/methodSettings";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, not, or, UNKNOWN, type Truth } from "../../model/value";

export const streamFeatures = defineRule({
  id: "fd-apigateway-stream-features",
  description: "An API that streams answers has no cache and no compression, and changes nothing in what it streams.",
  rationale:
    "What has to see a whole answer cannot be done to a stream: endpoint caching, content encoding and templates for answers are not supported with it (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD20"], kics: ["api_gateway_with_invalid_compression"] },
  remediationSteps:
    "Leave out minimumCompressionSize of the RestApi, cacheClusterEnabled of its Stages, cachingEnabled of their MethodSettings, contentHandling of the Integration, and every IntegrationResponse of a method that streams; let the function compress and shape its answer.",
  stack: {
    types: [TYPES.integration],
    check: (graph) => [
      ...graph.all(TYPES.restApi).flatMap((api) => checkApi(graph, api)),
      ...graph
        .all(TYPES.stage)
        .flatMap((stage) => checkCache(graph, stage, "cacheClusterEnabled", at(stage.props, "cacheClusterEnabled"))),
      ...graph
        .all(TYPES.methodSettings)
        .flatMap((each) => checkCache(graph, each, "settings.cachingEnabled", setting(each, "cachingEnabled"))),
      ...graph.all(TYPES.integration).flatMap(checkIntegration),
      ...graph.all(TYPES.integrationResponse).flatMap((response) => checkResponse(graph, response)),
    ],
  },
});

/** Whether some integration of an API streams. */
function streams(graph: PolicyGraph, api: string | undefined): Truth {
  return graph.once(`streams ${api ?? "of any API"}`, () =>
    or(...partsOf(graph, api, TYPES.integration).map(({ part, belongs }) => and(belongs, isStreamed(part)))),
  );
}

function checkApi(graph: PolicyGraph, api: StackResource): readonly Finding[] {
  const size = at(api.props, "minimumCompressionSize");
  // A text in the provider's 7.x, a number before.
  const compresses = is(size, (known) => known !== undefined && known !== "" && Number(known) >= 0);
  const fine = not(and(streams(graph, api.urn), compresses));
  return judgeProperty(api, "minimumCompressionSize", size, fine, "not set, or -1");
}

function checkCache(graph: PolicyGraph, resource: StackResource, property: string, cached: unknown) {
  const isOn = is(cached, (known) => known !== undefined && known !== false);
  return judgeProperty(resource, property, cached, not(and(streams(graph, apiOf(graph, resource)), isOn)), "false");
}

function checkIntegration(integration: StackResource): readonly Finding[] {
  const handling = at(integration.props, "contentHandling");
  const handled = is(handling, (known) => known !== undefined && known !== "");
  return judgeProperty(
    integration,
    "contentHandling",
    handling,
    not(and(isStreamed(integration), handled)),
    "not set with STREAM",
  );
}

function checkResponse(graph: PolicyGraph, response: StackResource): readonly Finding[] {
  const streamed = isOfStream(graph, response);
  return judge(response, not(streamed), {
    finding: "integrationResponse",
    seen: streamed === UNKNOWN ? "its method may be one that streams" : "its method streams",
    wanted: "none for a method that streams",
  });
}

function isOfStream(graph: PolicyGraph, response: StackResource): Truth {
  const byPlace = graph.once("streams by place", () => {
    const index = new Map<string | undefined, Truth>();
    for (const integration of graph.all(TYPES.integration)) {
      const place = placeOf(graph, integration);
      index.set(place, or(index.get(place) ?? false, isStreamed(integration)));
    }
    return index;
  });
  const place = placeOf(graph, response);
  if (place === undefined) return and(streams(graph, apiOf(graph, response)), UNKNOWN);
  // What streams and names no method that is known may be this one's.
  return or(byPlace.get(place) ?? false, and(byPlace.get(undefined) ?? false, UNKNOWN));
}
