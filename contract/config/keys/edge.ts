import type { EdgeDomain } from "../../aws/cloudfront";

/** The keys of the edge in front of `streamingUrl`. */
export interface EdgeConfig<Text = string> {
  /**
   * Whether CloudFront is in front of `streamingUrl`, for callers without AWS keys.
   * @default false
   */
  edge?: boolean;
  /**
   * Longest time that CloudFront waits for the next packet of the function's answer, seconds, 16 to 120.
   * @default 60
   */
  edgeReadTimeoutSeconds?: number;
  /**
   * Domain of the edge: `name`, `certificateArn` (in us-east-1) and, for its DNS records, `hostedZoneId`.
   * @default {} - the distribution's domain at CloudFront
   */
  edgeDomain?: EdgeDomain<Text>;
  /**
   * Whether a Lambda@Edge function hashes bodies, for clients that cannot send `x-amz-content-sha256`.
   * @default false
   */
  edgeSigner?: boolean;
  /**
   * How users sign in at the edge: `none`, `jwt` (a token of the issuer of `jwt`) or `cognito` (of the pool that the stack creates).
   * @default "none"
   */
  edgeAuth?: string;
  /**
   * Whether CloudFront logs every request, with the caller's address, and without paths, queries, cookies and headers.
   * @default false
   */
  edgeAccessLog?: boolean;
}
