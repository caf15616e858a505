import { declare } from "../support/declare";
import { says, STRANGER, stops, type Change } from "./case";
import type { Recorded } from "./recorded";

type Rule = Readonly<Record<string, unknown>> & { readonly name: string; readonly priority: number };

/** Changes the rules of the first web ACL. */
function withRules(program: Recorded, edit: (rules: readonly Rule[]) => readonly unknown[]) {
  const acl = program.get("webAcl");
  program.set(acl, "rules", edit(program.value(acl, "rules") as readonly Rule[]));
  return [];
}

const visible = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

const first = (name: string, statement: unknown) => ({
  name,
  priority: -1,
  action: { allow: {} },
  statement,
  visibilityConfig: visible(name),
});

const startsWith = (field: unknown, searchString: string) => ({
  byteMatchStatement: {
    fieldToMatch: field,
    positionalConstraint: "STARTS_WITH",
    searchString,
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
});

const header = (name: string) => ({ singleHeader: { name } });
const isRate = (rule: Rule) => JSON.stringify(rule).includes("rateBasedStatement");
const REACHED = "fd-wafv2-web-acl-reached";

export const FIREWALL: readonly Change[] = [
  stops("buffered", "a rule that allows every path, before all others", REACHED, (program) =>
    withRules(program, (rules) => [first("all", startsWith({ uriPath: {} }, "/")), ...rules]),
  ),
  stops("buffered", "a rate that counts by a header of the client's choice", "fd-wafv2-web-acl-rate", (program) =>
    withRules(program, (rules) =>
      rules.map((rule) =>
        isRate(rule)
          ? {
              ...rule,
              statement: {
                rateBasedStatement: {
                  limit: 1000,
                  aggregateKeyType: "CUSTOM_KEYS",
                  customKeys: [{ header: { name: "x-client", textTransformations: [{ priority: 0, type: "NONE" }] } }],
                },
              },
            }
          : rule,
      ),
    ),
  ),
  stops("buffered", "known bad inputs that look at no request", "fd-wafv2-web-acl-known-bad-inputs", (program) =>
    withRules(program, (rules) =>
      rules.map((rule) => {
        const { managedRuleGroupStatement: group } = (rule["statement"] ?? {}) as Record<string, { name?: string }>;
        return group?.name === "AWSManagedRulesKnownBadInputsRuleSet"
          ? {
              ...rule,
              statement: {
                managedRuleGroupStatement: { ...group, scopeDownStatement: startsWith(header("x-never"), "never") },
              },
            }
          : rule;
      }),
    ),
  ),
  says("buffered", "a log that drops what was decided", "fd-wafv2-web-acl-logging", (program) => {
    program.set(program.get("webAclLogging"), "loggingFilter", {
      defaultBehavior: "KEEP",
      filters: [
        {
          behavior: "DROP",
          requirement: "MEETS_ANY",
          conditions: ["BLOCK", "ALLOW", "COUNT"].map((action) => ({ actionCondition: { action } })),
        },
      ],
    });
    return [];
  }),
  stops(
    "buffered",
    "a size limit and a rate that a header switches off",
    "fd-wafv2-web-acl-body-window fd-wafv2-web-acl-rate",
    (program) => {
      const unless = (statement: unknown) => ({
        andStatement: {
          statements: [statement, { notStatement: { statements: [startsWith(header("x-bypass"), "1")] } }],
        },
      });
      return withRules(program, (rules) =>
        rules.map((rule) => {
          const written = JSON.stringify(rule["statement"] ?? {});
          if (isRate(rule))
            return {
              ...rule,
              statement: {
                rateBasedStatement: {
                  ...(rule["statement"] as { rateBasedStatement: object }).rateBasedStatement,
                  scopeDownStatement: { notStatement: { statements: [startsWith(header("x-bypass"), "1")] } },
                },
              },
            };
          return written.includes("sizeConstraintStatement") ? { ...rule, statement: unless(rule["statement"]) } : rule;
        }),
      );
    },
  ),
  stops(
    "public-edge",
    "a distribution behind the ACL of another account",
    "fd-cloudfront-web-acl fd-stack-accounts",
    (program) => {
      program.set(
        program.get("distribution"),
        "webAclId",
        `arn:aws:wafv2:us-east-1:${STRANGER}:global/webacl/theirs/a1b2c3d4-5678-90ab-cdef-111111111111`,
      );
      return [];
    },
  ),
  stops("buffered", "a rule that allows who sends a header, before known bad inputs", REACHED, (program) =>
    withRules(program, (rules) => [first("friends", startsWith(header("x-friend"), "1")), ...rules]),
  ),
  stops("buffered", "a second log of one web ACL", "fd-stack-one-owner", (program) => [
    declare("webAclLogging", "second", {
      resourceArn: program.get("webAcl").out("arn"),
      logDestinationConfigs: [program.get("logGroup", "web-acl-logs").out("arn")],
      redactedFields: program.value(program.get("webAclLogging"), "redactedFields"),
    }),
  ]),
  says("buffered", "a pinned version of known bad inputs", "fd-wafv2-web-acl-known-bad-inputs", (program) =>
    withRules(program, (rules) =>
      rules.map((rule) => {
        const { managedRuleGroupStatement: group } = (rule["statement"] ?? {}) as Record<string, { name?: string }>;
        return group?.name === "AWSManagedRulesKnownBadInputsRuleSet"
          ? { ...rule, statement: { managedRuleGroupStatement: { ...group, version: "Version_1.1" } } }
          : rule;
      }),
    ),
  ),
];
