/**
 * Prices of the parts of a door in us-east-1, US dollars, without the free tier and in the first pricing tier. The dashboard, the spend alarm and
 * docs/costs.md estimate with them. They do not include the agent, CloudFront, logs and data transfer.
 */
export const PRICES_USD = {
  /** A GB-second of a function on arm64. https://aws.amazon.com/lambda/pricing/ */
  lambdaGbSecond: 0.0000133334,
  /** A million invocations. https://aws.amazon.com/lambda/pricing/ */
  lambdaMillionRequests: 0.2,
  /** A million REST API calls. Every 10 MB of a streamed answer, or part of it, count as one call. https://aws.amazon.com/api-gateway/pricing/ */
  restMillionCalls: 3.5,
  /** A million requests that a web ACL inspects. https://aws.amazon.com/waf/pricing/ */
  wafMillionRequests: 0.6,
} as const;
