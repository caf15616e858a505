import { declare, type Declared } from "../support/declare";
import { catches, misses, type OtherCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const visible = (name: string, cloudwatchMetricsEnabled = true) => ({
  metricName: name,
  cloudwatchMetricsEnabled,
  sampledRequestsEnabled: false,
});
const webAcl = (rules: readonly Props[] | undefined, props: Props = {}) =>
  declare("webAcl", "acl", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visible("acl"),
    ...(rules && { rules }),
    ...props,
  });
const rule = (props: Props) => ({ name: "rule-1", priority: 1, visibilityConfig: visible("rule"), ...props });
const group = (name: string, override: "none" | "count", props: Props = {}) =>
  rule({
    overrideAction: { [override]: {} },
    statement: { managedRuleGroupStatement: { name, vendorName: "AWS", ...props } },
  });
const classic = (type: string, props: Props): Declared[] => [
  declare(`aws:${type}`, "acl", { metricName: "acl", ...props }),
];
const rate = { rateBasedStatement: { limit: 10000, aggregateKeyType: "IP" } };
const bytes = {
  byteMatchStatement: { searchString: "test", positionalConstraint: "CONTAINS", fieldToMatch: { uriPath: {} } },
};

const BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";
const RULES = "fd-wafv2-web-acl-rules";
const ACTING = "fd-wafv2-web-acl-acting";
const LOGGING = "fd-wafv2-web-acl-logging";
const METRICS = "fd-wafv2-web-acl-metrics";
const KNOWN = "fd-wafv2-web-acl-known-bad-inputs";
const CLASSIC = "fd-waf-classic";

const logged = webAcl([group(BAD_INPUTS, "none")]);

export const WAF_CASES: readonly OtherCase[] = [
  ...catches("cdk-nag", "WAFv2LoggingEnabled", ["Noncompliance 1", LOGGING, [webAcl(undefined)]]),
  ...misses("cdk-nag", "WAFv2LoggingEnabled", [
    "Compliance",
    "passes a logging configuration that sends logs nowhere",
    "fd-wafv2-log-destination fd-wafv2-log-redaction",
    [logged, declare("webAclLogging", "logging", { resourceArn: logged.out("arn"), logDestinationConfigs: [] })],
  ]),

  ...catches(
    "checkov",
    "CKV_AWS_175",
    ["WAFHasAnyRules: aws_wafv2_web_acl.fail", RULES, [webAcl(undefined)]],
    ["WAFHasAnyRules: aws_wafv2_web_acl.fail2", ACTING, [webAcl([{}])]],
    ["WAFHasAnyRules: aws_waf_web_acl.fail", CLASSIC, classic("waf/webAcl:WebAcl", {})],
    ["WAFHasAnyRules: aws_wafregional_web_acl.fail", CLASSIC, classic("wafregional/webAcl:WebAcl", {})],
  ),
  ...catches(
    "checkov",
    "CKV_AWS_342",
    [
      "WAFRuleHasAnyActions: aws_wafv2_web_acl.fail",
      ACTING,
      [webAcl([rule({ statement: rate })], { scope: "CLOUDFRONT", region: "us-east-1" })],
    ],
    [
      "WAFRuleHasAnyActions: aws_wafregional_web_acl.fail",
      CLASSIC,
      classic("wafregional/webAcl:WebAcl", { rules: [{ priority: 1, type: "REGULAR" }] }),
    ],
    [
      "WAFRuleHasAnyActions: aws_waf_web_acl.fail",
      CLASSIC,
      classic("waf/webAcl:WebAcl", { rules: [{ priority: 1, type: "REGULAR" }] }),
    ],
  ),
  ...misses("checkov", "CKV_AWS_342", [
    "a rule that only counts",
    "passes any action, also where no rule ever blocks",
    ACTING,
    [webAcl([rule({ statement: rate, action: { count: {} } })])],
  ]),
  ...catches(
    "checkov",
    "CKV_AWS_192",
    ["WAFACLCVE202144228: no_rule", `${KNOWN} ${RULES}`, [webAcl(undefined)]],
    ["WAFACLCVE202144228: wrong_rule", KNOWN, [webAcl([group("AWSManagedRulesAnonymousIpList", "none")])]],
    [
      "WAFACLCVE202144228: rule_count",
      "fd-wafv2-web-acl-body-exceptions",
      [
        // The rule that they name is one for each part of a request by now.
        webAcl([
          group(BAD_INPUTS, "none", { ruleActionOverrides: [{ name: "Log4JRCE_HEADER", actionToUse: { count: {} } }] }),
        ]),
      ],
    ],
    ["WAFACLCVE202144228: rule_group_count", `${KNOWN} ${ACTING}`, [webAcl([group(BAD_INPUTS, "count")])]],
  ),
  ...catches("checkov", "CKV2_AWS_31", [
    "WAF2HasLogs: fail",
    LOGGING,
    [webAcl([group("AWSManagedRulesCommonRuleSet", "count")])],
  ]),
  ...catches("checkov", "CKV_AWS_176", [
    "WAFHasLogs: aws_wafregional_web_acl.fail",
    CLASSIC,
    classic("wafregional/webAcl:WebAcl", { defaultAction: { type: "ALLOW" } }),
  ]),

  ...catches("cfn-guard", "WAF_WEB_ACL_DEFAULT_ACTION_RULE", [
    "DefaultAction as COUNT",
    CLASSIC,
    classic("waf/webAcl:WebAcl", { defaultAction: { type: "COUNT" } }),
  ]),

  ...catches("prowler", "wafv2_webacl_with_rules", [
    "test_wafv2_web_acl_without_rule_or_rule_group",
    RULES,
    [webAcl([])],
  ]),
  ...catches(
    "prowler",
    "wafv2_webacl_rule_logging_enabled",
    [
      "test_no_metric_in_rules",
      METRICS,
      [
        webAcl([rule({ statement: bytes, action: { block: {} }, visibilityConfig: visible("rule", false) })], {
          visibilityConfig: visible("acl", false),
        }),
      ],
    ],
    [
      "test_no_metric_in_rule_groups",
      METRICS,
      [
        webAcl([
          rule({
            overrideAction: { none: {} },
            statement: {
              ruleGroupReferenceStatement: { arn: "arn:aws:wafv2:us-east-1:123456789012:regional/rulegroup/g/1" },
            },
            visibilityConfig: visible("group", false),
          }),
        ]),
      ],
    ],
  ),
  ...catches("prowler", "wafv2_webacl_logging_enabled", [
    "test_wafv2_web_acl_without_logging_in_rules",
    LOGGING,
    [webAcl([rule({ statement: bytes, action: { block: {} } })])],
  ]),
];
