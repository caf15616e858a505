import { behavioursOf, type Part } from "../../aws/distribution";
import { isAgentOrigin, isFunctionUrl, sendsTo } from "../../aws/edgeOrigin";
import { hasPolicy, keepsNothing, MANAGED, namesHost, ofPolicy, sendsHost } from "../../aws/edgePolicies";
import { TYPES } from "../../aws/types";
import { provenAlone } from "../../model/alone";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, not, or, show, type Truth } from "../../model/value";

export const noCaching = defineRule({
  id: "fd-cloudfront-no-caching",
  description: "What an agent answers is never cached, and the viewer's Host never goes to a Function URL.",
  rationale:
    "A cached answer is handed to the next caller, whoever asked for it. Packs that ask for caching are wrong here. A Function URL knows itself by its own host: with the viewer's, its signature does not match (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html).",
  severity: "high",
  frameworks: { catalogue: ["FD11"] },
  remediationSteps:
    "Give the behaviour the managed policies CachingDisabled (cachePolicyId 4135ea2d-6df8-44a3-9df3-4b5a84be39ad) and AllViewerExceptHostHeader (originRequestPolicyId b689b0a8-53d0-40ab-baf2-68738e2966ac), or policies of your own with a maxTtl of 0 and without Host.",
  resource: { types: [TYPES.distribution], check: provenAlone(findings) },
  stack: {
    types: [TYPES.distribution],
    check: (graph) => graph.all(TYPES.distribution).flatMap((distribution) => findings(graph, distribution)),
  },
});

function findings(graph: PolicyGraph, distribution: StackResource): readonly Finding[] {
  return behavioursOf(distribution).flatMap((behaviour) => {
    const isFor = (kind: typeof isAgentOrigin) =>
      sendsTo(distribution, behaviour, (origin) => kind(graph, distribution, origin));
    const report = (property: string, right: Truth, wanted: string) =>
      judge(distribution, right, {
        finding: `${behaviour.path}.${property}`,
        seen: `\`${behaviour.path}.${property}\` is ${show(at(behaviour.value, ...property.split(".")))}`,
        wanted,
      });
    const ttl = !hasPolicy(behaviour, "cachePolicyId") && at(behaviour.value, "forwardedValues") !== undefined;
    const headers = !hasPolicy(behaviour, "originRequestPolicyId");
    return [
      ...report(
        ttl ? "maxTtl" : "cachePolicyId",
        or(not(isFor(isAgentOrigin)), neverCaches(graph, distribution, behaviour)),
        ttl ? "0" : "CachingDisabled, or a policy with a maxTtl of 0",
      ),
      ...report(
        headers ? "forwardedValues.headers" : "originRequestPolicyId",
        not(and(isFor(isFunctionUrl), forwardsHost(graph, distribution, behaviour))),
        headers ? "headers without Host" : "AllViewerExceptHostHeader, or a policy without Host",
      ),
    ];
  });
}

function neverCaches(graph: PolicyGraph, distribution: StackResource, behaviour: Part): Truth {
  if (!hasPolicy(behaviour, "cachePolicyId")) return keepsNothing(behaviour.value);
  return ofPolicy(graph, distribution, behaviour, "cachePolicyId", MANAGED.neverCaches, ({ props }) =>
    keepsNothing(props),
  );
}

function forwardsHost(graph: PolicyGraph, distribution: StackResource, behaviour: Part): Truth {
  if (!hasPolicy(behaviour, "originRequestPolicyId"))
    return namesHost(at(behaviour.value, "forwardedValues", "headers"));
  return ofPolicy(graph, distribution, behaviour, "originRequestPolicyId", MANAGED.forwardsHost, sendsHost);
}
