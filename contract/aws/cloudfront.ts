/** Region of everything that CloudFront uses: web ACLs, certificates, Lambda@Edge functions. */
export const CLOUDFRONT_REGION = "us-east-1";

/** The domain of an edge. */
export interface EdgeDomain<Text = string> {
  /** Fully qualified domain name, such as `agent.example.com`. */
  name?: Text;
  /** ARN of an ACM certificate for the name, in us-east-1. */
  certificateArn?: Text;
  /**
   * Id of the Route 53 hosted zone in which the name's records are created.
   * @default - no record; create a record for the distribution yourself
   */
  hostedZoneId?: Text;
}

/**
 * Ids of policies that AWS manages.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const CLOUDFRONT_POLICIES = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;

/**
 * Header with the hash of the body, which the client must send. CloudFront includes this hash in its signature, because Lambda does not accept an
 * unsigned payload.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export const BODY_HASH_HEADER = "x-amz-content-sha256";

/** Security headers of every answer of the edge. Answers are data, so browsers may not run, frame or sniff them. */
export const SECURITY_HEADERS = {
  hstsSeconds: 63_072_000,
  contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
  frameOption: "DENY",
  referrerPolicy: "no-referrer",
} as const;

/** Error statuses that CloudFront caches for ten seconds by default, and would send to the next caller. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html */
export const NEVER_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;

/** First part of the name of a log group that AWS services deliver to. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html */
export const VENDED_LOG_PREFIX = "/aws/vendedlogs/";

/**
 * Fields of the edge's access log. Without `cs-uri-stem`, which contains the session id of `DELETE /sessions/{id}`, and without `cs-uri-query`,
 * `cs(Cookie)`, `cs(Referer)` and `cs(User-Agent)`, in which a client can send anything.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html#BasicDistributionFileFormat
 */
export const EDGE_LOG_FIELDS = [
  "date",
  "time",
  "c-ip",
  "cs-method",
  "sc-status",
  "x-edge-result-type",
  "x-edge-detailed-result-type",
  "x-edge-request-id",
  "x-edge-location",
  "cs-bytes",
  "sc-bytes",
  "sc-content-type",
  "time-taken",
  "time-to-first-byte",
  "cs-protocol-version",
  "ssl-protocol",
] as const;
