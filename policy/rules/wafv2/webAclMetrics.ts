import { TYPES } from "../../aws/types";
import { pathIn, RULE_TYPES, rulesIn } from "../../aws/webAclRules";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty, type Edit, type Finding } from "../../model/rule";
import { at, is, list, UNKNOWN } from "../../model/value";

const METRICS = ["visibilityConfig", "cloudwatchMetricsEnabled"] as const;

export const webAclMetrics = defineRule({
  id: "fd-wafv2-web-acl-metrics",
  description: "A web ACL and each of its rules send metrics to CloudWatch.",
  rationale:
    "Alarms on blocked requests read these metrics, and a rule without them changes what users get without a trace (https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-12).",
  severity: "medium",
  group: "hygiene",
  frameworks: { securityHub: ["WAF.12"], prowler: ["wafv2_webacl_rule_logging_enabled"] },
  remediationSteps:
    "Set cloudwatchMetricsEnabled to true in the visibilityConfig of the ACL, of each rule and of each rule group.",
  resource: { types: RULE_TYPES, check, remediate },
});

/** An ACL and a rule group have metrics of their own beside their rules'. */
const hasOwn = ({ type }: Resource): boolean => type === TYPES.webAcl || type === TYPES.ruleGroup;

function check(resource: Resource): readonly Finding[] {
  const sending = [
    ...(hasOwn(resource) ? [{ finding: METRICS.join("."), of: resource.props as unknown }] : []),
    ...rulesIn(resource).map((each) => ({ finding: pathIn(each, ...METRICS), of: each.rule })),
  ];
  return sending.flatMap(({ finding, of }) => {
    const enabled = at(of, ...METRICS);
    return judgeProperty(
      resource,
      finding,
      enabled,
      is(enabled, (known) => known === true),
      "true",
    );
  });
}

/** Only where the metrics have a name already. Rules in JSON text are out of reach. */
function remediate({ props }: Resource): readonly Edit[] {
  const rules = list(props["rules"]);
  const places: (string | number)[][] = [[], ...(rules === UNKNOWN ? [] : rules.map((_, index) => ["rules", index]))];
  return places
    .filter((place) => at(props, ...place, "visibilityConfig", "metricName") !== undefined)
    .filter((place) => ![true, UNKNOWN].includes(at(props, ...place, ...METRICS) as true))
    .map((place) => ({ path: [...place, ...METRICS], value: true }));
}
