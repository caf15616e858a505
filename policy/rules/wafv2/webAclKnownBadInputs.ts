import { KNOWN_BAD_INPUTS } from "../../aws/managedRuleGroups";
import { TYPES } from "../../aws/types";
import { acts, anyRule, present, rulesOf } from "../../aws/webAclRules";
import { defineRule, judge } from "../../model/rule";
import { and, at, is, not, UNKNOWN } from "../../model/value";

export const webAclKnownBadInputs = defineRule({
  id: "fd-wafv2-web-acl-known-bad-inputs",
  description: "Every web ACL runs AWS's rules for known bad inputs, Log4j among them, and lets them block.",
  rationale:
    "The group stops requests that no client of an agent sends, such as Log4j lookups in headers, before they reach a library that reads them (https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html). Its rules on bodies count instead: a prompt may quote such text.",
  severity: "high",
  frameworks: { checkov: ["CKV_AWS_192", "CKV2_AWS_47", "CKV2_AWS_77"] },
  remediationSteps: `Add a rule with a managedRuleGroupStatement for ${KNOWN_BAD_INPUTS} of the vendor AWS and the overrideAction none, and override only its rules on bodies to count.`,
  stack: {
    types: [TYPES.webAcl],
    check: (graph) =>
      graph.all(TYPES.webAcl).flatMap((acl) => {
        const runs = anyRule(rulesOf(graph, acl), (rule) => {
          const group = at(rule, "statement", "managedRuleGroupStatement");
          return and(
            is(at(group, "name"), (known) => known === KNOWN_BAD_INPUTS),
            is(at(group, "vendorName"), (known) => known === "AWS"),
            acts(rule),
            // A narrower look lets requests pass that nobody thought of; so does a version that AWS no longer corrects.
            not(present(at(group, "scopeDownStatement"))),
            not(present(at(group, "version"))),
          );
        });
        return judge(acl, runs, {
          finding: "knownBadInputs",
          seen:
            runs === UNKNOWN
              ? "the rule groups that it runs are not known before the update"
              : `it does not run ${KNOWN_BAD_INPUTS} on every request, in its present version`,
          wanted: "a rule that runs the group and leaves its actions alone",
        });
      }),
  },
});
