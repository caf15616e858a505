const SHARED = [
  "byteMatchSet",
  "geoMatchSet",
  "rateBasedRule",
  "regexMatchSet",
  "regexPatternSet",
  "rule",
  "ruleGroup",
  "sizeConstraintSet",
  "sqlInjectionMatchSet",
  "webAcl",
  "xssMatchSet",
] as const;

const token = (module: string, name: string) => `aws:${module}/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Every resource type of AWS WAF Classic, global and regional. */
export const CLASSIC_TYPES: readonly string[] = [
  ...[...SHARED, "ipSet"].map((name) => token("waf", name)),
  ...[...SHARED, "ipSet", "webAclAssociation"].map((name) => token("wafregional", name)),
];
