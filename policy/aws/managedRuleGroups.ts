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
