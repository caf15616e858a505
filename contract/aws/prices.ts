/**
 * What the parts of a door cost in us-east-1, US dollars, before the free tier and in the first tier: the estimate of the dashboard, of
 * the spend alarm and of docs/costs.md. The agent, CloudFront, logs and data transfer are not in it.
 */
export const PRICES_USD = {
  /** A GB-second of a function on arm64. https://aws.amazon.com/lambda/pricing/ */
  lambdaGbSecond: 0.0000133334,
  /** A million invocations. https://aws.amazon.com/lambda/pricing/ */
  lambdaMillionRequests: 0.2,
  /** A million REST API calls; each started 10 MB of a streamed answer counts as one. https://aws.amazon.com/api-gateway/pricing/ */
  restMillionCalls: 3.5,
  /** A million requests that a web ACL inspects. https://aws.amazon.com/waf/pricing/ */
  wafMillionRequests: 0.6,
} as const;
