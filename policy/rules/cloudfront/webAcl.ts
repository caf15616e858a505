import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { hasRules } from "../../aws/webAcl";
import { agreed } from "../../model/agreed";
import { provenAlone } from "../../model/alone";
import { isManagedElsewhere, type PolicyGraph, type StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { is, UNKNOWN, type Truth } from "../../model/value";

const ACL_ARN = /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:global\/webacl\//;

export const webAcl = defineRule({
  id: "fd-cloudfront-web-acl",
  description: "Every distribution has a web ACL of scope CLOUDFRONT with rules.",
  rationale:
    "The distribution signs for everybody who comes through it, so the web ACL is the only thing that turns a caller away before an agent's run is paid for. An id of WAF Classic, or an ACL without rules, stops nobody (https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html).",
  severity: "critical",
  frameworks: {
    securityHub: ["CloudFront.6", "WAF.10"],
    cdkNag: ["AwsSolutions-CFR2"],
    checkov: ["CKV_AWS_68"],
    trivy: ["AWS-0011"],
    cfnGuard: ["CLOUDFRONT_ASSOCIATED_WITH_WAF"],
    kics: ["cloudfront_without_waf"],
    prowler: ["cloudfront_distributions_using_waf"],
    pulumi: ["aws-cloudfront-distribution-configure-waf"],
  },
  remediationSteps:
    "Set webAclId to the arn of an aws.wafv2.WebAcl of scope CLOUDFRONT, in us-east-1, that has rules. Name an ACL of another team in managedElsewhere.webAcls of fd-pack.",
  unwaivable: true,
  resource: { types: [TYPES.distribution], check: provenAlone(findings) },
  stack: {
    types: [TYPES.distribution],
    check: (graph) => graph.all(TYPES.distribution).flatMap((distribution) => findings(graph, distribution)),
  },
});

function findings(graph: PolicyGraph, distribution: StackResource): readonly Finding[] {
  const id = distribution.props["webAclId"] ?? undefined;
  const named = is(id, (known) => typeof known === "string" && ACL_ARN.test(known));
  if (named === false)
    return judgeProperty(distribution, "webAclId", id, named, "the ARN of a web ACL of scope CLOUDFRONT");
  const { to } = link(graph, distribution, "webAclId", TYPES.webAcl);
  // One from outside of the stack cannot be looked into, nor can what nothing in the stack gives.
  if (to.length === 0 && isManagedElsewhere(graph.context, "webAcls", id)) return [];
  if (to.length === 0) return said(distribution, "webAclId", UNKNOWN, "is from outside of this stack", "an ACL of it");
  const global = to.map(({ props }) => is(props["scope"], (scope) => scope === "CLOUDFRONT"));
  const ruled = to.map((acl) => hasRules(graph, acl));
  return [
    ...said(distribution, "scope", agreed(global), "is not of scope CLOUDFRONT", "one of scope CLOUDFRONT"),
    ...said(distribution, "rules", agreed(ruled), "has no rules", "a web ACL with rules"),
  ];
}

function said(
  distribution: StackResource,
  finding: string,
  truth: Truth,
  fault: string,
  wanted: string,
): readonly Finding[] {
  return judge(distribution, truth, {
    finding,
    seen: `its web ACL ${truth === UNKNOWN ? `perhaps ${fault}: that is not known` : fault}`,
    wanted,
  });
}
