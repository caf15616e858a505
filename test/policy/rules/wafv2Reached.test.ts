import { webAclReached } from "../../../policy/rules/wafv2/webAclReached";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { acl, group, rateStatement, rule } from "../support/webAcl";

const path = {
  byteMatchStatement: { fieldToMatch: { uriPath: {} }, searchString: "/", positionalConstraint: "STARTS_WITH" },
};
const set = { ipSetReferenceStatement: { arn: "arn:aws:wafv2:us-east-1:123456789012:regional/ipset/ours/1" } };
const bad = group("AWSManagedRulesKnownBadInputsRuleSet", {}, { priority: 5 });
const rate = rule("rate", rateStatement(), { priority: 6 });
const lets = (statement: unknown, priority: unknown) => rule("lets", statement, { action: { allow: {} }, priority });

testRule(webAclReached, {
  pass: [
    { title: "rules that block alone", resources: [acl("acl", [bad, rate])] },
    { title: "an Allow behind them", resources: [acl("acl", [bad, rate, lets(path, 9)])] },
    { title: "an Allow for addresses of one's own before them", resources: [acl("acl", [lets(set, 0), bad])] },
    {
      title: "an Allow for a path from addresses of one's own",
      resources: [acl("acl", [lets({ andStatement: { statements: [path, set] } }, 0), bad])],
    },
  ],
  fail: [
    {
      title: "an Allow for every path",
      resources: [acl("acl", [lets(path, 0), bad])],
      findings: [["acl", "rules[lets].priority"]],
    },
    {
      title: "an Allow between two rules that block",
      resources: [acl("acl", [bad, rate, lets(path, 5.5)])],
      findings: [["acl", "rules[lets].priority"]],
    },
    {
      title: "an Allow for a path or for addresses",
      resources: [acl("acl", [lets({ orStatement: { statements: [path, set] } }, 0), bad])],
      findings: [["acl", "rules[lets].priority"]],
    },
  ],
  unknown: [
    {
      title: "a place that is not known",
      resources: [acl("acl", [lets(path, unknown), bad])],
      findings: [["acl", "rules[lets].priority"]],
    },
  ],
  notApplicable: [{ title: "a stage", resources: [declare("stage", "live")] }],
});
