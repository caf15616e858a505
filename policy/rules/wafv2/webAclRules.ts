import { TYPES } from "../../aws/types";
import { hasRules } from "../../aws/webAcl";
import { defineRule, judge } from "../../model/rule";
import { UNKNOWN } from "../../model/value";

export const webAclRules = defineRule({
  id: "fd-wafv2-web-acl-rules",
  description: "Every web ACL has rules.",
  rationale:
    "A web ACL without rules lets its default action decide for every request, and looks attached and healthy meanwhile (https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10). Rules that a WebAclRule or a WebAclRuleGroupAssociation adds count as well.",
  severity: "high",
  frameworks: { securityHub: ["WAF.10"], checkov: ["CKV_AWS_175"], prowler: ["wafv2_webacl_with_rules"] },
  remediationSteps:
    "Give the WebAcl rules (at least a rate rule, a body size rule and AWS's managed groups), or name its own arn in the webAclArn of a WebAclRule.",
  stack: {
    types: [TYPES.webAcl],
    check: (graph) =>
      graph.all(TYPES.webAcl).flatMap((acl) => {
        const truth = hasRules(graph, acl);
        return judge(acl, truth, {
          finding: "rules",
          seen: truth === UNKNOWN ? "whether it has rules is not known before the update" : "it has no rules",
          wanted: "one rule at least, of its own or of a WebAclRule that names its `arn`",
        });
      }),
  },
});
