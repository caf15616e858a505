/**
 * Prices of us-east-1, US dollars. The dashboard, the spend alarm, `npm run cost` and docs/costs.md count with them.
 * AWS's pages show their numbers by script, so they were read from copies of these pages and from articles that quote them.
 */

/** The day on which the prices were last compared with their sources. */
export const PRICES_DATE = "2026-11-28";

/** The region of the prices. */
export const PRICES_REGION = "us-east-1";

/** AWS's price page of each service that is counted. */
export const PRICE_SOURCES = {
  "AWS Lambda": "https://aws.amazon.com/lambda/pricing/",
  "Amazon API Gateway": "https://aws.amazon.com/api-gateway/pricing/",
  "AWS WAF": "https://aws.amazon.com/waf/pricing/",
  "Amazon CloudFront": "https://aws.amazon.com/cloudfront/pricing/",
  "Data transfer": "https://aws.amazon.com/ec2/pricing/on-demand/",
  "Amazon CloudWatch": "https://aws.amazon.com/cloudwatch/pricing/",
  "AWS X-Ray": "https://aws.amazon.com/xray/pricing/",
  "AWS CloudTrail": "https://aws.amazon.com/cloudtrail/pricing/",
  "AWS KMS": "https://aws.amazon.com/kms/pricing/",
  "AWS PrivateLink": "https://aws.amazon.com/privatelink/pricing/",
  "Amazon Bedrock AgentCore": "https://aws.amazon.com/bedrock/agentcore/pricing/",
} as const;

/** A price that falls with the amount of a month: up to `upTo` units each costs `usd`. */
export interface Tier {
  readonly upTo: number;
  readonly usd: number;
}

/** Single prices. */
export const PRICES_USD = {
  /** A GB-second of a function on arm64, first tier. */
  lambdaGbSecond: 0.0000133334,
  /** A million invocations. */
  lambdaMillionRequests: 0.2,
  /** A gigabyte that a function streams after the first 6 MB of an answer. */
  lambdaStreamedGb: 0.008,
  /** A GB-second of an environment that is kept warm, and of its invocations, by architecture. */
  lambdaProvisioned: {
    arm64: { keptGbSecond: 0.0000033334, usedGbSecond: 0.0000077778 },
    x86_64: { keptGbSecond: 0.0000041667, usedGbSecond: 0.0000097222 },
  },
  /** Lambda@Edge: a million requests, and a GB-second. */
  lambdaEdgeMillionRequests: 0.6,
  lambdaEdgeGbSecond: 0.00005001,
  /** A million REST API calls, first tier. Every 10 MB of a streamed answer, or part of it, count as one call. */
  restMillionCalls: 3.5,
  /** A web ACL, and a rule or rule group in it, a month. */
  webAcl: 5,
  webAclRule: 1,
  /** A million requests that a web ACL inspects, and again for each 16 KB of a body after the first 16 KB. */
  wafMillionRequests: 0.6,
  wafMillionBodyBlocks: 0.3,
  /** A million HTTPS requests at CloudFront's price class of the United States and Europe. */
  cloudFrontMillionRequests: 1,
  /** A gigabyte of request bodies from CloudFront to the Function URL. */
  cloudFrontToOriginGb: 0.02,
  /** A gigabyte that CloudWatch Logs stores for a month, compressed. */
  logsStoredGb: 0.03,
  /** A custom metric, an alarm's metric, and a dashboard, a month. */
  metric: 0.3,
  alarmMetric: 0.1,
  dashboard: 3,
  /** A million traces that X-Ray records. */
  millionTraces: 5,
  /** A million data events of a trail. */
  millionDataEvents: 1,
  /** A customer managed key a month. Its calls are few: each execution environment calls once. */
  kmsKey: 1,
  /** An interface endpoint in one Availability Zone, an hour. */
  endpointHour: 0.01,
  /** An hour of one vCPU that an agent uses, and of a gigabyte of memory that its session occupies. */
  agentVcpuHour: 0.0895,
  agentGbHour: 0.00945,
} as const;

const TB = 1000;

/** Prices that fall with the amount of a month. */
export const PRICE_TIERS = {
  /** A GB-second of a function, by architecture. */
  lambdaGbSecond: {
    arm64: [
      { upTo: 7.5e9, usd: PRICES_USD.lambdaGbSecond },
      { upTo: 18.75e9, usd: 0.0000120001 },
      { upTo: Infinity, usd: 0.0000106667 },
    ],
    x86_64: [
      { upTo: 6e9, usd: 0.0000166667 },
      { upTo: 15e9, usd: 0.000015 },
      { upTo: Infinity, usd: 0.0000133334 },
    ],
  },
  /** A REST API call. */
  restCall: [
    { upTo: 333e6, usd: PRICES_USD.restMillionCalls / 1e6 },
    { upTo: 1e9, usd: 2.8e-6 },
    { upTo: 20e9, usd: 2.38e-6 },
    { upTo: Infinity, usd: 1.51e-6 },
  ],
  /** A gigabyte from CloudFront to viewers in the United States and Europe. */
  cloudFrontGb: [
    { upTo: 10 * TB, usd: 0.085 },
    { upTo: 50 * TB, usd: 0.08 },
    { upTo: 150 * TB, usd: 0.06 },
    { upTo: 500 * TB, usd: 0.04 },
    { upTo: 1024 * TB, usd: 0.03 },
    { upTo: Infinity, usd: 0.025 },
  ],
  /** A gigabyte from a region to the internet. */
  internetGb: [
    { upTo: 10 * TB, usd: 0.09 },
    { upTo: 50 * TB, usd: 0.085 },
    { upTo: 150 * TB, usd: 0.07 },
    { upTo: Infinity, usd: 0.05 },
  ],
  /** A gigabyte of logs of functions and of AWS services that CloudWatch Logs receives. */
  logsGb: [
    { upTo: 10 * TB, usd: 0.5 },
    { upTo: 30 * TB, usd: 0.25 },
    { upTo: 50 * TB, usd: 0.1 },
    { upTo: Infinity, usd: 0.05 },
  ],
} as const satisfies Readonly<Record<string, readonly Tier[] | Readonly<Record<string, readonly Tier[]>>>>;

/** What is free each month for every account, without the offers of the first year. */
export const FREE_TIER = {
  lambdaRequests: 1e6,
  lambdaGbSeconds: 400_000,
  /** 100 GiB. */
  lambdaStreamedGb: 107.37,
  cloudFrontRequests: 10e6,
  cloudFrontGb: 1000,
  internetGb: 100,
  logsGb: 5,
  traces: 100_000,
  metrics: 10,
  alarmMetrics: 10,
  dashboards: 3,
} as const;

/** Bytes of a streamed REST answer that count as one call. */
export const REST_CALL_BYTES = 10 * 1024 * 1024;

/** Bytes of a streamed answer of a function that cost nothing. */
export const FREE_STREAM_BYTES = 6 * 1024 * 1024;

/** Bytes of a body that one inspection includes. */
export const WAF_BODY_BLOCK_BYTES = 16 * 1024;
