import { isPrivateApi, partsOf } from "../../aws/apis";
import { restrictsEndpoints } from "../../aws/resourcePolicy";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, show, UNKNOWN, type Truth } from "../../model/value";

export const privateApi = defineRule({
  id: "fd-apigateway-private-api",
  description: "A private API names its VPC endpoints and refuses every other.",
  rationale:
    "Any VPC endpoint of any account reaches a private API whose policy lets it, and without a policy nobody does (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html).",
  severity: "high",
  frameworks: { catalogue: ["FD53"], prowler: ["apigateway_restapi_public"] },
  remediationSteps:
    "Set endpointConfiguration.vpcEndpointIds of the RestApi, and deny execute-api:Invoke in its resource policy to everybody where aws:SourceVpce (StringNotEquals) is none of them.",
  stack: {
    types: [TYPES.restApi],
    check: (graph) => graph.all(TYPES.restApi).flatMap((api) => findings(graph, api)),
  },
});

function findings(graph: PolicyGraph, api: StackResource): readonly Finding[] {
  const exempt = not(isPrivateApi(api));
  const ids = at(api.props, "endpointConfiguration", "vpcEndpointIds");
  const named = is(list(ids), (known) => (known as unknown[]).length > 0);
  const limited = or(
    limits(graph, api),
    ...partsOf(graph, api.urn, TYPES.restApiPolicy, "restApiId").map(({ part, belongs }) =>
      and(belongs, limits(graph, part)),
    ),
  );
  return [
    ...judge(api, or(exempt, named, named === UNKNOWN && comesFromEndpoint(graph, api, "endpointConfiguration")), {
      finding: "endpointConfiguration.vpcEndpointIds",
      seen: `\`endpointConfiguration.vpcEndpointIds\` is ${show(ids)}`,
      wanted: "the ids of VPC endpoints",
    }),
    ...judge(api, or(exempt, limited), {
      finding: "policy",
      seen: limited === UNKNOWN ? "its resource policy is not known" : "no resource policy limits it to VPC endpoints",
      wanted: "a Deny for every other aws:SourceVpce",
    }),
  ];
}

/** A policy that is not known before the update is taken for one on the endpoints whose ids flowed into it. */
function limits(graph: PolicyGraph, holder: StackResource): Truth {
  const limited = restrictsEndpoints(holder.props["policy"]);
  return limited === UNKNOWN && comesFromEndpoint(graph, holder, "policy") ? true : limited;
}

function comesFromEndpoint(graph: PolicyGraph, resource: StackResource, property: string): boolean {
  return graph.sources(resource, property, TYPES.vpcEndpoint).length > 0;
}
