/**
 * Limits that AWS sets, each with the URL of its source. Only the policy pack has copies; a test compares them.
 */

/** Largest event and largest buffered answer of a synchronous Lambda invocation, bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_PAYLOAD_BYTES = 6 * 1024 * 1024;

/**
 * Limits of a streamed answer of Lambda: its size, and its speed, which has no limit for the first bytes. AWS writes "200 MB", "6 MB" and "2 MBps"; where
 * that can be read in two ways, these are the smaller ones.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
export const LAMBDA_STREAM = {
  bytes: 200 * 1000 * 1000,
  fullSpeedBytes: 6 * 1024 * 1024,
  bytesPerSecond: 2 * 1024 * 1024,
} as const;

/**
 * Largest streamed answer that a door sends, bytes. What is left of Lambda's limit has room for the metadata and for a last event that says why
 * the answer ends.
 */
export const LARGEST_STREAM = LAMBDA_STREAM.bytes - 64 * 1024;

/** Longest Lambda run, seconds. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_TIMEOUT_SECONDS = 900;

/** Memory of a function, megabytes. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const LAMBDA_MEMORY_MB = { min: 128, max: 10_240 } as const;

/** Largest resource-based policy of a function, of an alias or of a version, bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const FUNCTION_POLICY_BYTES = 20 * 1024;

/** Environment variables of a function, names and values together, bytes. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const ENVIRONMENT_BYTES = 4096;

/** Default concurrency quota of an account and region, and the part of it that cannot be reserved. A new account can have 10, and then nothing to reserve. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const LAMBDA_CONCURRENCY = { quota: 1000, unreserved: 100 } as const;

/** Largest package of a direct code deployment, megabytes, zipped and unzipped. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html */
export const CODE_PACKAGE_MB = { zipped: 250, unzipped: 750 } as const;

/** Longest buffered REST integration with the default quota (L-E5AE38E3), seconds. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const BUFFERED_INTEGRATION_SECONDS = 29;

/** Longest buffered REST integration with a raised quota L-E5AE38E3, seconds: the most that the aws provider accepts. https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/integration/ */
export const RAISED_INTEGRATION_SECONDS = 300;

/** Default rate limit (requests per second) and burst limit of an account's REST APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const API_GATEWAY_THROTTLE = { rate: 10_000, burst: 5_000 } as const;

/** Longest resource policy of a REST API, characters. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const RESOURCE_POLICY_LENGTH = 8192;

/** Longest access log template of a REST stage, bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const ACCESS_LOG_TEMPLATE_BYTES = 3 * 1024;

/** Prefix lengths of a VPC and of a subnet: both are from /16 to /28. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const VPC_PREFIX_LENGTH = { min: 16, max: 28 } as const;

/** Number of subnets of a function and of an interface endpoint, each in another Availability Zone. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const PRIVATE_SUBNETS = 2;

/** Longest REST integration with `responseTransferMode: STREAM`, seconds. https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
export const STREAM_INTEGRATION_SECONDS = 900;

/** Largest API Gateway REST payload in either direction, bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const API_GATEWAY_PAYLOAD_BYTES = 10 * 1024 * 1024;

/** The metadata of a streamed REST answer and the delimiter must be within this number of bytes from the start. https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
export const PRELUDE_WINDOW_BYTES = 16 * 1024;

/** Number of NUL bytes between the metadata and the payload of a streamed answer. https://docs.aws.amazon.com/lambda/latest/dg/response-streaming-tutorial.html */
export const PRELUDE_DELIMITER_BYTES = 8;

/** Longest name of an AgentCore runtime: a letter, then letters, digits and underscores. https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html */
export const RUNTIME_NAME_LENGTH = 48;

/** Longest name of a CloudWatch dashboard, characters of A-Z a-z 0-9 - _. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
export const DASHBOARD_NAME_LENGTH = 255;

/** Longest name of a web ACL's metric, characters of A-Z a-z 0-9 - _. https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html */
export const WAF_METRIC_NAME_LENGTH = 128;

/** Largest body window that AWS WAF inspects at API Gateway and CloudFront, kilobytes. https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html */
export const WAF_BODY_WINDOW_KB = 64;

/** Largest number of addresses in a WAF IP set. A set contains one IP version and accepts no range with the prefix 0. https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
export const WAF_IP_SET_ADDRESSES = 10_000;

/**
 * Read timeout of an origin at CloudFront with the default quota, seconds: the wait for the first packet and for each following one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
export const ORIGIN_READ_SECONDS = { default: 30, max: 120 } as const;

/** Largest part of a request body that an origin-request function of Lambda@Edge receives, bytes. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
export const EDGE_BODY_BYTES = 1024 * 1024;

/**
 * Largest request body that a door accepts by default, bytes. It equals the largest body window of WAF, because WAF does not inspect the bytes
 * after its window.
 */
export const MAX_BODY_BYTES = WAF_BODY_WINDOW_KB * 1024;

/**
 * What `maxBodyBytes` can be, bytes. The event of a synchronous Lambda invocation has 6 MB; API Gateway passes on 10 MB. The event has the body as a
 * JSON string beside the headers, so 64 KB are left for them and for escapes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const BODY_BYTES = { min: 1024, max: LAMBDA_PAYLOAD_BYTES - 64 * 1024 } as const;

/** Deepest JSON that a door passes on, levels: enough for any message, and safe for recursive parsers. */
export const MAX_JSON_DEPTH = 32;

/** Custom headers of a runtime: the largest number, the largest value in bytes, and the longest name in characters. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-header-allowlist.html */
export const CUSTOM_HEADERS = { max: 20, valueBytes: 4096, nameLength: 256 } as const;

/** Longest `runtimeUserId` of InvokeAgentRuntime, characters. https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html */
export const USER_ID_LENGTH = 1024;

/** Longest trace headers of InvokeAgentRuntime, characters. https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html */
export const TRACE_LENGTH = { traceId: 128, traceParent: 128, traceState: 512, baggage: 8192 } as const;

/**
 * Members of baggage that every telemetry SDK reads: OpenTelemetry for Java reads 64, for Python 180, each the first ones.
 * https://www.w3.org/TR/baggage/#limits, https://github.com/open-telemetry/opentelemetry-java/pull/8380
 */
export const BAGGAGE_MEMBERS = 64;

/** Largest number of origins in the CORS config of a Function URL, and the longest origin in characters. https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
export const CORS_ORIGINS = { max: 100, length: 253 } as const;

/** A streaming door writes a comment if the agent sends nothing for this time, milliseconds. It is half of the shortest idle timeout (30 s at CloudFront and edge-optimized endpoints). https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html */
export const HEARTBEAT_MS = 15_000;

/** Values that CloudWatch Logs accepts as retention, days. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Largest number of usage plans of an account and region. Each API key has its own. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const USAGE_PLANS = 300;

/** Periods and largest limit of a usage plan's quota. https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html */
export const QUOTA = { periods: ["DAY", "WEEK", "MONTH"], limit: 2_147_483_647 } as const;

/**
 * Longest time that an authorizer's decision may be cached, seconds. AWS accepts 3600, but a revoked token would then be valid for an hour.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
export const AUTHORIZER_CACHE_SECONDS = 300;

/** Redirect URLs of a user pool's client: the largest number, and the longest URL in characters. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
export const CALLBACK_URLS = { max: 100, length: 1024 } as const;

/** Largest number of scopes of a method: a user pool's client has no more. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
export const METHOD_SCOPES = 50;

/** Largest number of metrics in the expression of an alarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
export const ALARM_METRICS = 10;

/** Largest number of actions of an alarm for each state. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const ALARM_ACTIONS = 5;
