/** Default quotas that end a rise of the load, each with the URL of its source and the way to raise it. */

/** Default quotas of AgentCore Runtime. Raise them in Service Quotas. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html */
export const AGENTCORE_QUOTAS = {
  /** Calls of InvokeAgentRuntime per second, for each agent. Pages of early 2026 say 25. */
  invocationsPerSecond: 200,
  /** New sessions per second of an endpoint whose runtime is a container: 400 a minute. Direct code deployments have 25 per second. */
  newSessionsPerSecond: 400 / 60,
  /** Active sessions of an account in us-east-1 and us-west-2; 2,500 in other regions. */
  activeSessions: 5000,
} as const;

/** Requests per second of a distribution. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
export const DISTRIBUTION_REQUESTS_PER_SECOND = 250_000;

/** Requests per second that an account's functions start for each unit of concurrency. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export const REQUESTS_PER_CONCURRENCY = 10;

/** A session without requests ends after this time by default, seconds. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html */
export const SESSION_IDLE_SECONDS = 900;
