/** Where everything that CloudFront refers to must be: web ACLs, certificates, functions of Lambda@Edge. */
export const CLOUDFRONT_REGION = "us-east-1";

/** The domain of an edge. */
export interface EdgeDomain {
  /** Fully qualified, such as `agent.example.com`. */
  name?: string;
  /** ARN of an ACM certificate for the name, in us-east-1. */
  certificateArn?: string;
  /**
   * Hosted zone of Route 53 that gets the name's records.
   * @default - no record; point the name at the distribution yourself
   */
  hostedZoneId?: string;
}

/**
 * Policies that AWS keeps for everybody.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const CLOUDFRONT_POLICIES = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;

/**
 * Hash of the body, which a client has to send with it: CloudFront signs what it is told, since Lambda takes no unsigned payload.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export const BODY_HASH_HEADER = "x-amz-content-sha256";

/** What a browser is told with every answer of the edge. The answers are data: nothing in them may run, be framed or be guessed at. */
export const SECURITY_HEADERS = {
  hstsSeconds: 63_072_000,
  contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
  frameOption: "DENY",
  referrerPolicy: "no-referrer",
} as const;

/** Statuses that CloudFront would keep for ten seconds and hand to the next caller as well. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html */
export const NEVER_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;
