import { BODY_RULES, isCounted, overridesOf } from "../../aws/managedRuleGroups";
import { TYPES } from "../../aws/types";
import { pathIn, present, rulesIn, type AclRule } from "../../aws/webAclRules";
import { defineRule, judge, type Finding } from "../../model/rule";
import { at, is, not, or, UNKNOWN, type Truth } from "../../model/value";

export const webAclBodyExceptions = defineRule({
  id: "fd-wafv2-web-acl-body-exceptions",
  description: "AWS's managed rules that look into bodies only count, and all others of their groups keep blocking.",
  rationale:
    "Prompts quote paths, markup and code, and are longer than the 8 KB that SizeRestrictions_BODY lets pass: with the groups as AWS gives them, users get 403 and no log of the function says why (https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html). To count the whole group, or its rules on headers and paths, gives up protection that costs no prompt.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD37"] },
  remediationSteps:
    "Leave the group's overrideAction at none. In its ruleActionOverrides set actionToUse to count for each rule whose name ends with _BODY, spelled exactly as AWS does (WAF ignores a name that it does not know), and for no other rule.",
  resource: {
    types: [TYPES.webAcl, TYPES.webAclRule, TYPES.webAclRuleGroup],
    check: (resource) => rulesIn(resource).flatMap(findings),
  },
});

function findings(each: AclRule): readonly Finding[] {
  const { from, rule } = each;
  const group = at(rule, "statement", "managedRuleGroupStatement");
  const name = at(group, "name");
  if (name === UNKNOWN)
    return judge(from, UNKNOWN, {
      finding: pathIn(each, "statement"),
      seen: "which rule group it runs is not known before the update",
      wanted: "a group whose rules on bodies only count",
    });
  const bodyRules = BODY_RULES[String(name)];
  if (!bodyRules) return [];
  const foreign = is(at(group, "vendorName"), (known) => known !== "AWS");
  const wholeCounts = present(at(rule, "overrideAction", "count"));
  const overrides = overridesOf(group);
  const tell = (truth: Truth, finding: string, seen: string, wanted: string) => {
    const right = or(foreign, truth);
    return judge(from, right, {
      finding: pathIn(each, finding),
      seen: right === UNKNOWN ? `\`${finding}\` of ${String(name)} is not known before the update` : seen,
      wanted,
    });
  };
  return [
    ...tell(not(wholeCounts), "overrideAction", `all of ${String(name)} only counts`, "`none`, and overrides by rule"),
    ...bodyRules.flatMap((bodyRule) =>
      tell(
        or(wholeCounts, isCounted(overrides, bodyRule)),
        `ruleActionOverrides[${bodyRule}]`,
        `${bodyRule} of ${String(name)} does not count`,
        "`count`, since prompts match it",
      ),
    ),
    ...overrides.flatMap(({ key, rule: overridden, counts, allows }) =>
      tell(
        // By the ending: AWS adds rules on bodies that this pack does not know of.
        or(
          is(overridden, (known) => String(known).endsWith("_BODY")),
          not(or(counts, allows)),
        ),
        `ruleActionOverrides[${key}]`,
        `${key} of ${String(name)} does not block`,
        "no override: it reads no prompt",
      ),
    ),
  ];
}
