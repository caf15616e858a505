import { BODY_RULES } from "../../../policy/aws/managedRuleGroups";
import { webAclBodyExceptions } from "../../../policy/rules/wafv2/webAclBodyExceptions";
import { webAclBodyWindow } from "../../../policy/rules/wafv2/webAclBodyWindow";
import { testRule, type FoundCase } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { acl, counting, group, rule } from "../support/webAcl";

const COMMON = "AWSManagedRulesCommonRuleSet";
const SQL = "AWSManagedRulesSQLiRuleSet";
const bodyRules = (name: string) => BODY_RULES[name] ?? [];
const stage = declare("stage", "stage");

/** A group as it should be, with overrides beside. */
const lenient = (name: string, ...more: readonly object[]) =>
  group(name, { ruleActionOverrides: [...counting(...bodyRules(name)), ...more] });

const missing = (name: string, bodyRule: string): FoundCase => ({
  title: `${bodyRule} as AWS has it`,
  resources: [
    acl("acl", [
      group(name, { ruleActionOverrides: counting(...bodyRules(name).filter((each) => each !== bodyRule)) }),
    ]),
  ],
  findings: [["acl", `rules[${name}].ruleActionOverrides[${bodyRule}]`]],
});

testRule(webAclBodyExceptions, {
  pass: [
    ...Object.keys(BODY_RULES).map((name) => ({
      title: `${name} with bodies that count`,
      resources: [acl("acl", [lenient(name)])],
    })),
    {
      title: "a rule on bodies that the pack does not know of",
      resources: [acl("acl", [lenient(COMMON, ...counting("Later_BODY"))])],
    },
    {
      title: "an override that blocks with an answer of one's own",
      resources: [
        acl("acl", [lenient(COMMON, { name: "NoUserAgent_HEADER", actionToUse: { block: { customResponse: {} } } })]),
      ],
    },
    {
      title: "a group without rules on bodies",
      resources: [acl("acl", [group("AWSManagedRulesAmazonIpReputationList")])],
    },
    { title: "a group of another vendor", resources: [acl("acl", [group(COMMON, { vendorName: "Other" })])] },
    { title: "rules of one's own", resources: [acl("acl", [rule("geo", { geoMatchStatement: {} })])] },
    {
      title: "excluded rules, the older form in JSON",
      resources: [
        acl("acl", undefined, {
          ruleJson: JSON.stringify([
            {
              Name: "sql",
              Statement: {
                ManagedRuleGroupStatement: {
                  VendorName: "AWS",
                  Name: SQL,
                  ExcludedRules: bodyRules(SQL).map((Name) => ({ Name })),
                },
              },
            },
          ]),
        }),
      ],
    },
    {
      title: "an association",
      resources: [
        declare("webAclRuleGroup", "association", {
          managedRuleGroup: { vendorName: "AWS", name: SQL, ruleActionOverrides: counting(...bodyRules(SQL)) },
        }),
      ],
    },
  ],
  fail: [
    ...Object.entries(BODY_RULES).flatMap(([name, rules]) => rules.map((bodyRule) => missing(name, bodyRule))),
    {
      title: "a group as AWS has it",
      resources: [acl("acl", [group(SQL)])],
      findings: bodyRules(SQL).map((each) => ["acl", `rules[${SQL}].ruleActionOverrides[${each}]`]),
    },
    {
      title: "a body rule that is spelled otherwise, which WAF ignores",
      resources: [
        acl("acl", [group(SQL, { ruleActionOverrides: counting("SQLI_BODY", "SQLiExtendedPatterns_BODY") })]),
      ],
      findings: [["acl", `rules[${SQL}].ruleActionOverrides[SQLi_BODY]`]],
    },
    {
      title: "a body rule that allows, which ends the evaluation",
      resources: [
        acl("acl", [
          group(SQL, {
            ruleActionOverrides: [
              ...counting("SQLiExtendedPatterns_BODY"),
              { name: "SQLi_BODY", actionToUse: { allow: {} } },
            ],
          }),
        ]),
      ],
      findings: [["acl", `rules[${SQL}].ruleActionOverrides[SQLi_BODY]`]],
    },
    {
      title: "a rule on paths that counts",
      resources: [acl("acl", [lenient(COMMON, ...counting("GenericLFI_URIPATH"))])],
      findings: [["acl", `rules[${COMMON}].ruleActionOverrides[GenericLFI_URIPATH]`]],
    },
    {
      title: "a rule on headers that allows",
      resources: [acl("acl", [lenient(COMMON, { name: "NoUserAgent_HEADER", actionToUse: { allow: {} } })])],
      findings: [["acl", `rules[${COMMON}].ruleActionOverrides[NoUserAgent_HEADER]`]],
    },
    {
      title: "a whole group that counts",
      resources: [acl("acl", [group(COMMON, {}, { overrideAction: { count: {} } })])],
      findings: [["acl", `rules[${COMMON}].overrideAction`]],
    },
    {
      title: "a rule of its own resource",
      resources: [declare("webAclRule", "added", group(SQL, { ruleActionOverrides: counting("SQLi_BODY") }))],
      findings: [["added", "ruleActionOverrides[SQLiExtendedPatterns_BODY]"]],
    },
    {
      title: "an association that counts as a whole",
      resources: [
        declare("webAclRuleGroup", "association", {
          overrideAction: "count",
          managedRuleGroup: { vendorName: "AWS", name: SQL },
        }),
      ],
      findings: [["association", "overrideAction"]],
    },
    {
      title: "a group in JSON",
      resources: [
        acl("acl", undefined, {
          ruleJson: JSON.stringify([
            {
              Name: "sql",
              OverrideAction: { None: {} },
              Statement: {
                ManagedRuleGroupStatement: {
                  VendorName: "AWS",
                  Name: SQL,
                  RuleActionOverrides: [{ Name: "SQLi_BODY", ActionToUse: { Count: {} } }],
                },
              },
            },
          ]),
        }),
      ],
      findings: [["acl", "ruleJson[sql].ruleActionOverrides[SQLiExtendedPatterns_BODY]"]],
    },
  ],
  unknown: [
    { title: "rules that are not known", resources: [acl("acl", unknown)], findings: [["acl", "rules.statement"]] },
    {
      title: "a group whose name is not known",
      resources: [acl("acl", [group(SQL, { name: unknown })])],
      findings: [["acl", `rules[${SQL}].statement`]],
    },
    {
      title: "an action that is not known",
      resources: [
        acl("acl", [
          group(SQL, {
            ruleActionOverrides: [
              ...counting("SQLiExtendedPatterns_BODY"),
              { name: "SQLi_BODY", actionToUse: unknown },
            ],
          }),
        ]),
      ],
      findings: [["acl", `rules[${SQL}].ruleActionOverrides[SQLi_BODY]`]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});

const size = (props: object = {}, field: object = { body: { oversizeHandling: "MATCH" } }) => ({
  sizeConstraintStatement: { comparisonOperator: "GT", size: 65_536, fieldToMatch: field, ...props },
});
const path = { byteMatchStatement: { searchString: "/invoke", fieldToMatch: { uriPath: {} } } };
const window = (place: string, limit: unknown) => ({ [place]: { defaultSizeInspectionLimit: limit } });
const seeing = (
  requestBodies: unknown,
  statement: unknown = size(),
  props: object = {},
  action: object = { block: {} },
) => acl("acl", [rule("size", statement, { action })], { associationConfig: { requestBodies }, ...props });
const WIDE = [window("apiGateway", "KB_64")];

testRule(webAclBodyWindow, {
  pass: [
    { title: "a stage's ACL with the whole window", resources: [seeing(WIDE)] },
    {
      title: "a distribution's ACL with the whole window",
      resources: [seeing([window("cloudfront", "KB_64")], size(), { scope: "CLOUDFRONT" })],
    },
    {
      title: "the window that the setting asks for",
      settings: { windowKb: 32 },
      resources: [seeing([window("apiGateway", "KB_32")])],
    },
    {
      title: "a size rule that counts, as the setting allows",
      settings: { longBodies: "count" },
      resources: [
        acl("acl", [rule("size", size(), { action: { count: {} } })], { associationConfig: { requestBodies: WIDE } }),
      ],
    },
    {
      title: "a size rule that blocks, although it may count",
      settings: { longBodies: "count" },
      resources: [seeing(WIDE)],
    },
    { title: "a size rule on JSON", resources: [seeing(WIDE, size({}, { jsonBody: { oversizeHandling: "MATCH" } }))] },
    {
      title: "a size rule among alternatives",
      resources: [seeing(WIDE, { orStatement: { statements: [path, size()] } })],
    },
    {
      title: "a size rule of its own resource",
      resources: [
        acl("acl", [], { associationConfig: { requestBodies: WIDE } }),
        declare("webAclRule", "added", { webAclArn: acl("acl", []).out("arn"), ...rule("size", size()) }),
      ],
    },
    {
      title: "a size rule in JSON",
      resources: [
        acl("acl", undefined, {
          associationConfig: { requestBodies: WIDE },
          ruleJson: JSON.stringify([
            {
              Name: "size",
              Action: { Block: {} },
              Statement: {
                SizeConstraintStatement: {
                  ComparisonOperator: "GE",
                  Size: 1,
                  FieldToMatch: { Body: { OversizeHandling: "MATCH" } },
                },
              },
            },
          ]),
        }),
      ],
    },
  ],
  fail: [
    {
      title: "the window that AWS sets",
      resources: [seeing(undefined)],
      findings: [["acl", "associationConfig.requestBodies"]],
    },
    {
      title: "a window that is smaller than asked for",
      resources: [seeing([window("apiGateway", "KB_16")])],
      findings: [["acl", "associationConfig.requestBodies"]],
    },
    {
      title: "a window for the other kind of door",
      resources: [seeing([window("cloudfront", "KB_64")])],
      findings: [["acl", "associationConfig.requestBodies"]],
    },
    {
      title: "a distribution's ACL with a window for stages",
      resources: [seeing(WIDE, size(), { scope: "CLOUDFRONT" })],
      findings: [["acl", "associationConfig.requestBodies"]],
    },
    {
      title: "padding past the window, with CONTINUE",
      resources: [seeing(WIDE, size({}, { body: { oversizeHandling: "CONTINUE" } }))],
      findings: [["acl", "bodySize"]],
    },
    {
      title: "padding past the window, with AWS's default",
      resources: [seeing(WIDE, size({}, { body: {} }))],
      findings: [["acl", "bodySize"]],
    },
    { title: "no size rule", resources: [seeing(WIDE, path)], findings: [["acl", "bodySize"]] },
    {
      title: "a size rule that counts",
      resources: [seeing(WIDE, size(), {}, { count: {} })],
      findings: [["acl", "bodySize"]],
    },
    {
      title: "a size rule on the query",
      resources: [seeing(WIDE, size({}, { queryString: {} }))],
      findings: [["acl", "bodySize"]],
    },
    {
      title: "a size rule against short bodies",
      resources: [seeing(WIDE, size({ comparisonOperator: "LT" }))],
      findings: [["acl", "bodySize"]],
    },
  ],
  unknown: [
    {
      title: "a limit that is not known",
      resources: [seeing([window("apiGateway", unknown)])],
      findings: [["acl", "associationConfig.requestBodies"]],
    },
    {
      title: "a scope that is not known",
      resources: [seeing(WIDE, size(), { scope: unknown })],
      findings: [["acl", "associationConfig.requestBodies"]],
    },
    { title: "a statement that is not known", resources: [seeing(WIDE, unknown)], findings: [["acl", "bodySize"]] },
    {
      title: "a size rule for one path",
      resources: [seeing(WIDE, { andStatement: { statements: [path, size()] } })],
      findings: [["acl", "bodySize"]],
    },
    {
      title: "a size rule turned round",
      resources: [seeing(WIDE, { notStatement: { statement: size({ comparisonOperator: "LE" }) } })],
      findings: [["acl", "bodySize"]],
    },
  ],
  notApplicable: [{ title: "a stack without web ACLs", resources: [stage] }],
});
