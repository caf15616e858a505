import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { CLASSIC_TYPES } from "../../aws/wafClassic";
import type { Resource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { is } from "../../model/value";

export const wafClassic = defineRule({
  id: "fd-waf-classic",
  description: "No stack makes or uses resources of AWS WAF Classic.",
  rationale:
    "AWS ended the support of WAF Classic on 2025-09-30 (https://docs.aws.amazon.com/waf/latest/developerguide/classic-waf-chapter.html): what looks like protection is none, and no rule of this pack looks into it. A distribution names a classic ACL by its bare id, a current one by its ARN.",
  severity: "high",
  frameworks: {
    securityHub: ["WAF.1", "WAF.2", "WAF.3", "WAF.4", "WAF.5", "WAF.6", "WAF.7", "WAF.8"],
    checkov: ["CKV_AWS_176"],
    cfnGuard: ["waf_web_acl_default_action"],
  },
  remediationSteps:
    "Replace the resources of aws.waf and aws.wafregional by those of aws.wafv2: one WebAcl with its rules, and a WebAclAssociation or, in a distribution's webAclId, the ACL's arn.",
  resource: {
    types: [...CLASSIC_TYPES, TYPES.distribution],
    check: (resource) =>
      resource.type === TYPES.distribution
        ? named(resource).filter(({ status }) => status === "fail")
        : judge(resource, false, {
            finding: "type",
            seen: `it is a resource of WAF Classic (${resource.type})`,
            wanted: "a resource of aws.wafv2",
          }),
  },
  stack: {
    types: [TYPES.distribution],
    check: (graph) =>
      graph
        .all(TYPES.distribution)
        .filter((distribution) => link(graph, distribution, "webAclId", TYPES.webAcl).to.length === 0)
        .flatMap(named),
  },
});

function named(distribution: Resource): readonly Finding[] {
  const acl = distribution.props["webAclId"];
  if (acl === undefined || acl === "") return [];
  return judgeProperty(
    distribution,
    "webAclId",
    acl,
    is(acl, (known) => /^arn:[\w-]+:wafv2:/.test(String(known))),
    "the `arn` of an aws.wafv2.WebAcl",
  );
}
