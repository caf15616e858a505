/** `REGIONAL` for stages of API Gateway, `CLOUDFRONT` for distributions. */
export const WAF_SCOPES = ["REGIONAL", "CLOUDFRONT"] as const;
export type WafScope = (typeof WAF_SCOPES)[number];

/** What a rate rule counts by: the address that connects, or the one that a proxy in front names. */
export const WAF_RATE_KEYS = ["ip", "forwardedIp"] as const;
export type WafRateKey = (typeof WAF_RATE_KEYS)[number];

/** Where a proxy in front names the client's address. */
export const FORWARDED_HEADER = "X-Forwarded-For";

/** A response header with the rule that blocked a request: WAF's bodies are fixed texts. */
export const REFERENCE_HEADER = "X-Reference";

/** Set by the rule on allowed addresses, read by the rules that spare them. */
export const ALLOWED_LABEL = "front-door:allowed";

/** Log group names must begin so. https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
export const WAF_LOG_PREFIX = "aws-waf-logs-";

/** Headers that carry a caller's proof; no log and no sample may hold their values. */
export const SECRET_HEADERS = ["authorization", "cookie", "x-api-key", "x-auth-token", "x-amz-security-token"] as const;

/** Seconds over which a rate rule counts. */
export const RATE_WINDOW_SECONDS = 300;

/** A rule group of AWS, with its rules by what is done on a match. */
export interface ManagedGroup {
  readonly name: string;
  /** Whether it judges the sender alone, so that allowed addresses are spared. */
  readonly sparesAllowed: boolean;
  readonly blocks: readonly string[];
  /** Rules that take prose for an attack: prompts quote paths, markup and code. */
  readonly counts: readonly string[];
}

/**
 * The rule groups that judge requests, in their order. A rule that AWS adds later is not listed: it blocks, with AWS's own answer.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html,
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html
 */
export const MANAGED_GROUPS: readonly ManagedGroup[] = [
  {
    name: "AWSManagedRulesAmazonIpReputationList",
    sparesAllowed: true,
    blocks: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
    counts: [],
  },
  {
    name: "AWSManagedRulesKnownBadInputsRuleSet",
    sparesAllowed: false,
    blocks: [
      "JavaDeserializationRCE_HEADER",
      "JavaDeserializationRCE_URIPATH",
      "JavaDeserializationRCE_QUERYSTRING",
      "Host_localhost_HEADER",
      "PROPFIND_METHOD",
      "ExploitablePaths_URIPATH",
      "Log4JRCE_HEADER",
      "Log4JRCE_QUERYSTRING",
      "Log4JRCE_URIPATH",
    ],
    counts: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
  },
  {
    name: "AWSManagedRulesCommonRuleSet",
    sparesAllowed: false,
    blocks: [
      "NoUserAgent_HEADER",
      "UserAgent_BadBots_HEADER",
      "SizeRestrictions_QUERYSTRING",
      "SizeRestrictions_Cookie_HEADER",
      "SizeRestrictions_URIPATH",
      "EC2MetaDataSSRF_COOKIE",
      "EC2MetaDataSSRF_URIPATH",
      "EC2MetaDataSSRF_QUERYARGUMENTS",
      "GenericLFI_QUERYARGUMENTS",
      "GenericLFI_URIPATH",
      "RestrictedExtensions_URIPATH",
      "RestrictedExtensions_QUERYARGUMENTS",
      "GenericRFI_QUERYARGUMENTS",
      "GenericRFI_URIPATH",
      "CrossSiteScripting_COOKIE",
      "CrossSiteScripting_QUERYARGUMENTS",
      "CrossSiteScripting_URIPATH",
    ],
    counts: [
      "SizeRestrictions_BODY",
      "CrossSiteScripting_BODY",
      "GenericLFI_BODY",
      "GenericRFI_BODY",
      "EC2MetaDataSSRF_BODY",
    ],
  },
];
