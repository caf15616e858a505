import { behavioursOf, type Part } from "../../aws/distribution";
import { hasPolicy, MANAGED, ofPolicy } from "../../aws/edgePolicies";
import { TYPES } from "../../aws/types";
import { provenAlone } from "../../model/alone";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { at, is, show, UNKNOWN, type Truth } from "../../model/value";

interface SecurityHeaders {
  readonly minHstsSeconds: number;
}

const YEAR_SECONDS = 31_536_000;

export const securityHeaders = defineRule<SecurityHeaders>({
  id: "fd-cloudfront-security-headers",
  description: "Every behaviour of a distribution answers with Strict-Transport-Security.",
  rationale:
    "A browser that has seen the header never sends a prompt over HTTP again, whatever link it follows. CloudFront adds it to its own errors too, which the origin cannot (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { checkov: ["CKV2_AWS_32", "CKV_AWS_259"] },
  remediationSteps:
    "Give every behaviour a responseHeadersPolicyId: of an aws.cloudfront.ResponseHeadersPolicy with securityHeadersConfig.strictTransportSecurity, or of AWS's SecurityHeadersPolicy (67f7725c-6f97-4210-82d7-5512b31e9d03).",
  settings: {
    minHstsSeconds: {
      type: "integer",
      minimum: 1,
      description: "Least max-age of Strict-Transport-Security, seconds.",
      default: YEAR_SECONDS,
    },
  },
  resource: { types: [TYPES.distribution], check: provenAlone(findings) },
  stack: {
    types: [TYPES.distribution],
    check: (graph, settings) =>
      graph.all(TYPES.distribution).flatMap((distribution) => findings(graph, distribution, settings)),
  },
});

function findings(
  graph: PolicyGraph,
  distribution: StackResource,
  { minHstsSeconds }: SecurityHeaders,
): readonly Finding[] {
  return behavioursOf(distribution).flatMap((behaviour) => {
    const finding = `${behaviour.path}.responseHeadersPolicyId`;
    const secured = isSecured(graph, distribution, behaviour, minHstsSeconds);
    const id = at(behaviour.value, "responseHeadersPolicyId");
    const fault = secured === UNKNOWN ? "and what it says is not known" : "which gives no such header";
    return judge(distribution, secured, {
      finding,
      seen: `\`${finding}\` is ${show(id)}, ${fault}`,
      wanted: `a policy with a Strict-Transport-Security of ${minHstsSeconds.toString()} seconds at least`,
    });
  });
}

function isSecured(graph: PolicyGraph, distribution: StackResource, behaviour: Part, least: number): Truth {
  if (!hasPolicy(behaviour, "responseHeadersPolicyId")) return false;
  const managed = least > YEAR_SECONDS ? {} : MANAGED.hasYearOfHsts;
  return ofPolicy(graph, distribution, behaviour, "responseHeadersPolicyId", managed, ({ props }) =>
    is(
      at(props["securityHeadersConfig"], "strictTransportSecurity", "accessControlMaxAgeSec"),
      (seconds) => typeof seconds === "number" && seconds >= least,
    ),
  );
}
