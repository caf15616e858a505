/** `REGIONAL` for stages of API Gateway, `CLOUDFRONT` for distributions. */
export const WAF_SCOPES = ["REGIONAL", "CLOUDFRONT"] as const;
export type WafScope = (typeof WAF_SCOPES)[number];

/** The address by which a rate rule counts: the connecting address, or the address in the header of a proxy. */
export const WAF_RATE_KEYS = ["ip", "forwardedIp"] as const;
export type WafRateKey = (typeof WAF_RATE_KEYS)[number];

/** Header in which a proxy writes the client's address. */
export const FORWARDED_HEADER = "X-Forwarded-For";

/** Response header that names the rule that blocked a request. The body cannot, because WAF's bodies are fixed texts. */
export const REFERENCE_HEADER = "X-Reference";

/** Label that the rule for allowed addresses sets. Rules that skip these addresses match it. */
export const ALLOWED_LABEL = "front-door:allowed";

/** Required prefix of a log group's name. https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
export const WAF_LOG_PREFIX = "aws-waf-logs-";

/** Headers that contain a caller's credentials. No log and no sample may contain their values. */
export const SECRET_HEADERS = ["authorization", "cookie", "x-api-key", "x-auth-token", "x-amz-security-token"] as const;

/** Evaluation window of a rate rule, seconds. */
export const RATE_WINDOW_SECONDS = 300;

/** An AWS managed rule group, with its rules by the action on a match. */
export interface ManagedGroup {
  readonly name: string;
  /** Whether the group checks only the sender. It then skips allowed addresses. */
  readonly sparesAllowed: boolean;
  readonly blocks: readonly string[];
  /** Rules that only count, because they would block normal prompts: prompts contain paths, markup and code. */
  readonly counts: readonly string[];
}

/**
 * The managed rule groups in the order of their evaluation. If AWS adds a rule that is not listed here, it blocks with the default answer of AWS.
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
