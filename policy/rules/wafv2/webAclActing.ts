import { TYPES } from "../../aws/types";
import { acts, anyRule, pathIn, present, rulesIn, rulesOf } from "../../aws/webAclRules";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { at, or, UNKNOWN, type Truth } from "../../model/value";

const ACTIONS = [
  ...["allow", "block", "captcha", "challenge", "count"].map((name) => ["action", name] as const),
  ...["count", "none"].map((name) => ["overrideAction", name] as const),
];

// An association of a rule group always has its one override.
const TYPES_WITH_ACTIONS = [TYPES.webAcl, TYPES.webAclRule, TYPES.ruleGroup] as const;

export const webAclActing = defineRule({
  id: "fd-wafv2-web-acl-acting",
  description: "Every rule of a web ACL has exactly one action, and not all of them only count.",
  rationale:
    "A rule that counts marks a request and lets it pass (https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-action.html): an ACL in which all rules count, and whose default action is no block, protects nothing. AWS refuses a rule without an action, or with two, only during the update.",
  severity: "high",
  frameworks: { checkov: ["CKV_AWS_342"] },
  remediationSteps:
    "Give each rule one action (block, captcha, challenge, count or allow), or one overrideAction (none, to leave a rule group's own actions) where its statement runs a rule group. Take the rules that were tried out with count to block.",
  resource: { types: TYPES_WITH_ACTIONS, check: single },
  stack: {
    types: TYPES_WITH_ACTIONS,
    check: (graph) => [
      ...graph.all(...TYPES_WITH_ACTIONS).flatMap(single),
      ...graph.all(TYPES.webAcl).flatMap((acl) => stopping(graph, acl)),
    ],
  },
});

function single(resource: Resource): readonly Finding[] {
  return rulesIn(resource).flatMap((each) => {
    const given = ACTIONS.map((path) => present(at(each.rule, ...path)));
    const named = ACTIONS.filter((_, index) => given[index] === true).map((path) => path.join("."));
    const one: Truth = named.length > 1 ? false : given.includes(UNKNOWN) ? UNKNOWN : named.length === 1;
    return judge(resource, one, {
      finding: pathIn(each, "action"),
      seen:
        one === UNKNOWN ? "its action is not known before the update" : `it has ${named.join(" and ") || "no action"}`,
      wanted: "exactly one `action`, or one `overrideAction` for a rule group",
    });
  });
}

function stopping(graph: PolicyGraph, acl: StackResource): readonly Finding[] {
  const rules = rulesOf(graph, acl);
  // That an ACL has none is another rule's affair.
  if (rules.length === 0) return [];
  const truth = or(present(at(acl.props, "defaultAction", "block")), anyRule(rules, acts));
  return judge(acl, truth, {
    finding: "rules",
    seen: truth === UNKNOWN ? "what its rules do is not known before the update" : "no rule stops a request",
    wanted: "a rule that blocks, or a `defaultAction` that does",
  });
}
