import { webAclActing } from "../../../policy/rules/wafv2/webAclActing";
import { webAclKnownBadInputs } from "../../../policy/rules/wafv2/webAclKnownBadInputs";
import { webAclRate } from "../../../policy/rules/wafv2/webAclRate";
import { webAclRules } from "../../../policy/rules/wafv2/webAclRules";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { acl, counting, group, rateStatement, rule } from "../support/webAcl";

const geo = { geoMatchStatement: { countryCodes: ["XX"] } };
const empty = acl("acl", []);
const stage = declare("stage", "stage");

/** In the form of AWS's API. */
const apiRule = (more: object) => ({ Name: "json", Priority: 0, Statement: {}, Action: { Block: {} }, ...more });
const inJson = (...rules: readonly object[]) => acl("acl", undefined, { ruleJson: JSON.stringify(rules) });

/** Added to an ACL by resources of their own. */
const added = (webAclArn: unknown, statement: unknown, more: object = { action: { block: {} } }) =>
  declare("webAclRule", "added", { webAclArn, name: "added", priority: 9, statement, ...more });
const association = (webAclArn: unknown, more: object) =>
  declare("webAclRuleGroup", "association", { webAclArn, ruleName: "association", priority: 9, ...more });

const ownGroup = (rules: unknown, props: object = {}) =>
  declare("ruleGroup", "group", { capacity: 10, rules, ...props });
const running = (arn: unknown, more: object = {}, props: object = {}) =>
  rule(
    "own",
    { ruleGroupReferenceStatement: { arn, ...more } },
    { action: undefined, overrideAction: { none: {} }, ...props },
  );

testRule(webAclRules, {
  pass: [
    { title: "rules of its own", resources: [acl("acl", [rule("geo", geo)])] },
    { title: "rules in JSON", resources: [inJson(apiRule({}))] },
    { title: "a rule that another resource adds", resources: [empty, added(empty.out("arn"), geo)] },
    {
      title: "a rule group that another resource adds",
      resources: [empty, association(empty.out("arn"), { managedRuleGroup: { vendorName: "AWS", name: "any" } })],
    },
  ],
  fail: [
    { title: "an empty list", resources: [empty], findings: [["acl", "rules"]] },
    { title: "no list", resources: [acl("acl", undefined)], findings: [["acl", "rules"]] },
    { title: "an empty list in JSON", resources: [inJson()], findings: [["acl", "rules"]] },
    { title: "JSON that is none", resources: [acl("acl", undefined, { ruleJson: "[" })], findings: [["acl", "rules"]] },
    {
      title: "a rule that is added to another ACL",
      resources: [empty, acl("other", []), added(acl("other", []).out("arn"), geo)],
      findings: [["acl", "rules"]],
    },
  ],
  unknown: [
    { title: "rules that are not known", resources: [acl("acl", unknown)], findings: [["acl", "rules"]] },
    {
      title: "JSON that is not known",
      resources: [acl("acl", undefined, { ruleJson: unknown })],
      findings: [["acl", "rules"]],
    },
    {
      title: "a rule that may be added to it",
      resources: [empty, added(unknown, geo)],
      findings: [["acl", "rules"]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

testRule(webAclActing, {
  pass: [
    { title: "a rule that blocks", resources: [acl("acl", [rule("geo", geo)])] },
    { title: "a challenge", resources: [acl("acl", [rule("geo", geo, { action: { challenge: {} } })])] },
    { title: "a rule group with its own actions", resources: [acl("acl", [group("any")])] },
    {
      title: "rules that count beside one that blocks",
      resources: [acl("acl", [rule("tried", geo, { action: { count: {} } }), rule("geo", geo)])],
    },
    {
      title: "a rule that counts where another resource adds one that blocks",
      resources: [acl("acl", [rule("tried", geo, { action: { count: {} } })]), added(acl("acl", []).out("arn"), geo)],
    },
    {
      title: "rules that allow, before a default that blocks",
      resources: [acl("acl", [rule("geo", geo, { action: { allow: {} } })], { defaultAction: { block: {} } })],
    },
    {
      title: "nulls where other actions could stand",
      resources: [acl("acl", [rule("geo", geo, { action: { allow: null, block: {} } })])],
    },
    { title: "a rule in JSON", resources: [inJson(apiRule({}))] },
    { title: "an ACL without rules, which another rule refuses", resources: [empty] },
    {
      title: "a rule group that an association adds, with its own actions as that is the default",
      resources: [empty, association(empty.out("arn"), { managedRuleGroup: { vendorName: "AWS", name: "any" } })],
    },
  ],
  fail: [
    {
      title: "a rule without an action",
      resources: [acl("acl", [rule("geo", geo, { action: undefined }), rule("other", geo)])],
      findings: [["acl", "rules[geo].action"]],
    },
    {
      title: "an action that says nothing (checkov CKV_AWS_342 passes it)",
      resources: [acl("acl", [rule("geo", geo, { action: {} }), rule("other", geo)])],
      findings: [["acl", "rules[geo].action"]],
    },
    {
      title: "two actions",
      resources: [acl("acl", [rule("geo", geo, { action: { block: {}, count: {} } })])],
      findings: [["acl", "rules[geo].action"]],
    },
    {
      title: "an action and an override",
      resources: [acl("acl", [rule("geo", geo, { overrideAction: { none: {} } })])],
      findings: [["acl", "rules[geo].action"]],
    },
    {
      title: "rules that all count (checkov CKV_AWS_342 and Security Hub WAF.10 pass them)",
      resources: [
        acl("acl", [rule("a", geo, { action: { count: {} } }), group("b", {}, { overrideAction: { count: {} } })]),
      ],
      findings: [["acl", "rules"]],
    },
    {
      title: "rules that only allow what is allowed anyway",
      resources: [acl("acl", [rule("a", geo, { action: { allow: {} } })])],
      findings: [["acl", "rules"]],
    },
    {
      title: "a rule in JSON that counts",
      resources: [inJson(apiRule({ Action: { Count: {} } }))],
      findings: [["acl", "rules"]],
    },
    {
      title: "a rule group that an association adds to count",
      resources: [
        empty,
        association(empty.out("arn"), {
          managedRuleGroup: { vendorName: "AWS", name: "any" },
          overrideAction: "count",
        }),
      ],
      findings: [["acl", "rules"]],
    },
    {
      title: "a rule of its own resource, or of a rule group, without an action",
      resources: [
        acl("acl", [rule("geo", geo)]),
        added(acl("acl", []).out("arn"), geo, {}),
        ownGroup([rule("inner", geo, { action: undefined })]),
      ],
      findings: [
        ["added", "action"],
        ["group", "rules[inner].action"],
      ],
    },
  ],
  unknown: [
    {
      title: "an action that is not known",
      resources: [acl("acl", [rule("geo", geo, { action: unknown }), rule("other", geo)])],
      findings: [["acl", "rules[geo].action"]],
    },
    {
      title: "rules that are not known",
      resources: [acl("acl", unknown)],
      findings: [
        ["acl", "rules.action"],
        ["acl", "rules"],
      ],
    },
    {
      title: "a rule that may be added",
      resources: [acl("acl", [rule("tried", geo, { action: { count: {} } })]), added(unknown, geo)],
      findings: [["acl", "rules"]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

const forwarded = (fallbackBehavior?: string) =>
  rateStatement({
    aggregateKeyType: "FORWARDED_IP",
    forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior },
  });
const direct = { behindTrustedProxy: false };
const KEY = "rules[rate].statement.rateBasedStatement.aggregateKeyType";
const FALLBACK = "rules[rate].statement.rateBasedStatement.forwardedIpConfig.fallbackBehavior";

testRule(webAclRate, {
  pass: [
    { title: "a rule that blocks by address", resources: [acl("acl", [rule("rate", rateStatement())])] },
    {
      title: "a rule that asks for a captcha",
      resources: [acl("acl", [rule("rate", rateStatement(), { action: { captcha: {} } })])],
    },
    { title: "a rule that another resource adds", resources: [empty, added(empty.out("arn"), rateStatement())] },
    {
      title: "a rule in JSON",
      resources: [inJson(apiRule({ Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: "IP" } } }))],
    },
    {
      title: "a rule in a rule group of the stack",
      resources: [ownGroup([rule("rate", rateStatement())]), acl("acl", [running(ownGroup([]).out("arn"))])],
    },
    { title: "a forwarded address behind a proxy", resources: [acl("acl", [rule("rate", forwarded("MATCH"))])] },
    {
      title: "a strict rule beside a loose one for all clients",
      resources: [
        acl("acl", [
          rule("rate", rateStatement()),
          rule("all", rateStatement({ aggregateKeyType: "CONSTANT", limit: 1_000_000 })),
        ]),
      ],
    },
    {
      title: "the address that connects where no proxy is trusted",
      settings: direct,
      resources: [acl("acl", [rule("rate", rateStatement())])],
    },
  ],
  fail: [
    { title: "no rate rule", resources: [acl("acl", [rule("geo", geo)])], findings: [["acl", "rate"]] },
    {
      title: "a rate rule that counts",
      resources: [acl("acl", [rule("rate", rateStatement(), { action: { count: {} } })])],
      findings: [["acl", "rate"]],
    },
    {
      title: "a rate rule of another ACL",
      resources: [acl("acl", [rule("geo", geo)]), acl("other", [rule("rate", rateStatement())])],
      findings: [["acl", "rate"]],
    },
    {
      title: "a limit that stops nobody",
      resources: [acl("acl", [rule("rate", rateStatement({ limit: 2_000_000_000 }))])],
      findings: [["acl", "rateLimit"]],
    },
    {
      title: "a limit that is too high in a short window",
      resources: [acl("acl", [rule("rate", rateStatement({ limit: 9000, evaluationWindowSec: 60 }))])],
      findings: [["acl", "rateLimit"]],
    },
    {
      title: "a limit above the setting",
      settings: { maximumPerFiveMinutes: 500 },
      resources: [acl("acl", [rule("rate", rateStatement())])],
      findings: [["acl", "rateLimit"]],
    },
    {
      title: "a forwarded address where no proxy is trusted (CVE-2026-27700 is of that kind)",
      settings: direct,
      resources: [acl("acl", [rule("rate", forwarded("MATCH"))])],
      findings: [["acl", KEY]],
    },
    {
      title: "a forwarded address among custom keys where no proxy is trusted",
      settings: direct,
      resources: [
        acl("acl", [
          rule("rate", rateStatement({ aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ forwardedIp: {} }] })),
        ]),
      ],
      findings: [["acl", KEY]],
    },
    {
      title: "a forwarded address in JSON where no proxy is trusted",
      settings: direct,
      resources: [
        inJson(
          apiRule({
            Statement: {
              RateBasedStatement: { Limit: 100, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ ForwardedIP: {} }] },
            },
          }),
        ),
      ],
      findings: [["acl", "ruleJson[json].statement.rateBasedStatement.aggregateKeyType"]],
    },
    {
      title: "a broken header that escapes the count",
      resources: [acl("acl", [rule("rate", forwarded("NO_MATCH"))])],
      findings: [["acl", FALLBACK]],
    },
    {
      title: "a rule group of the stack that counts",
      resources: [
        ownGroup([rule("rate", rateStatement(), { action: { count: {} } })]),
        acl("acl", [running(ownGroup([]).out("arn"))]),
      ],
      findings: [["acl", "rate"]],
    },
    {
      title: "a rule group of the stack as a whole set to count",
      resources: [
        ownGroup([rule("rate", rateStatement())]),
        acl("acl", [running(ownGroup([]).out("arn"), {}, { overrideAction: { count: {} } })]),
      ],
      findings: [["acl", "rate"]],
    },
  ],
  unknown: [
    {
      title: "a limit that is not known",
      resources: [acl("acl", [rule("rate", rateStatement({ limit: unknown }))])],
      findings: [["acl", "rateLimit"]],
    },
    {
      title: "a statement that is not known",
      resources: [acl("acl", [rule("rate", unknown)])],
      findings: [
        ["acl", "rate"],
        ["acl", FALLBACK],
      ],
    },
    {
      title: "a rule group of another stack",
      resources: [acl("acl", [running("arn:aws:wafv2:us-east-1:123456789012:regional/rulegroup/x/1")])],
      findings: [["acl", "rate"]],
    },
    {
      title: "a rule group whose rules are overridden by name",
      resources: [
        ownGroup([rule("rate", rateStatement())]),
        acl("acl", [running(ownGroup([]).out("arn"), { ruleActionOverrides: counting("rate") })]),
      ],
      findings: [["acl", "rate"]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

const BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";

testRule(webAclKnownBadInputs, {
  pass: [
    { title: "the group", resources: [acl("acl", [group(BAD_INPUTS)])] },
    {
      title: "the group with rules on bodies that count",
      resources: [acl("acl", [group(BAD_INPUTS, { ruleActionOverrides: counting("Log4JRCE_BODY") })])],
    },
    {
      title: "the group by an association",
      resources: [empty, association(empty.out("arn"), { managedRuleGroup: { vendorName: "AWS", name: BAD_INPUTS } })],
    },
    {
      title: "the group in JSON",
      resources: [
        inJson({
          Name: "bad",
          OverrideAction: { None: {} },
          Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: BAD_INPUTS } },
        }),
      ],
    },
  ],
  fail: [
    {
      title: "other groups",
      resources: [acl("acl", [group("AWSManagedRulesCommonRuleSet")])],
      findings: [["acl", "knownBadInputs"]],
    },
    {
      title: "the group set to count",
      resources: [acl("acl", [group(BAD_INPUTS, {}, { overrideAction: { count: {} } })])],
      findings: [["acl", "knownBadInputs"]],
    },
    {
      title: "a group of that name by another vendor",
      resources: [acl("acl", [group(BAD_INPUTS, { vendorName: "Other" })])],
      findings: [["acl", "knownBadInputs"]],
    },
    { title: "no rules", resources: [empty], findings: [["acl", "knownBadInputs"]] },
  ],
  unknown: [
    { title: "rules that are not known", resources: [acl("acl", unknown)], findings: [["acl", "knownBadInputs"]] },
    {
      title: "an override that is not known",
      resources: [acl("acl", [group(BAD_INPUTS, {}, { overrideAction: unknown })])],
      findings: [["acl", "knownBadInputs"]],
    },
    {
      title: "a group whose name is not known",
      resources: [acl("acl", [group(BAD_INPUTS, { name: unknown })])],
      findings: [["acl", "knownBadInputs"]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});
