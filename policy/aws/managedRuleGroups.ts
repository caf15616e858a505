import { and, at, is, list, or, UNKNOWN, type Truth } from "../model/value";
import { keyOf, present } from "./webAclRules";

/** AWS's rule set for known attacks, Log4j among them. */
export const KNOWN_BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";

/**
 * The rules of AWS's managed groups that look into a body. Prompts quote paths, markup, queries and code, which these rules take
 * for attacks; one of them blocks every body over 8 KB.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html,
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html
 */
export const BODY_RULES: Readonly<Record<string, readonly string[]>> = {
  [KNOWN_BAD_INPUTS]: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
  AWSManagedRulesCommonRuleSet: [
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "EC2MetaDataSSRF_BODY",
  ],
  AWSManagedRulesPHPRuleSet: ["PHPHighRiskMethodsVariables_BODY"],
  AWSManagedRulesSQLiRuleSet: ["SQLi_BODY", "SQLiExtendedPatterns_BODY"],
  AWSManagedRulesUnixRuleSet: ["UNIXShellCommandsVariables_BODY"],
  AWSManagedRulesWindowsRuleSet: ["WindowsShellCommands_BODY", "PowerShellCommands_BODY"],
};

/** What a statement makes of one of its group's own rules. */
export interface Override {
  readonly key: string;
  readonly rule: unknown;
  readonly counts: Truth;
  readonly allows: Truth;
}

/** The overrides of a statement, and its excluded rules, which are the older form of counting. */
export function overridesOf(group: unknown): readonly Override[] {
  const [overrides = [], excluded = []] = ["ruleActionOverrides", "excludedRules"].map((property) => {
    const named = list(at(group, property));
    return named === UNKNOWN ? [UNKNOWN] : named;
  });
  const override = (each: unknown, index: number, counts: Truth, allows: Truth): Override => {
    return { key: keyOf(each, index), rule: at(each, "name"), counts, allows };
  };
  const uses = (each: unknown, action: string): Truth => present(at(each, "actionToUse", action));
  return [
    ...overrides.map((each, index) => override(each, index, uses(each, "count"), uses(each, "allow"))),
    ...excluded.map((each, index) => override(each, index, true, false)),
  ];
}

/** Whether overrides let a rule of the group only count. */
export function isCounted(overrides: readonly Override[], rule: string): Truth {
  return or(
    ...overrides.map((override) =>
      and(
        is(override.rule, (known) => known === rule),
        override.counts,
      ),
    ),
  );
}
