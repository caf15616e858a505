import type { ApiKeyConfig, CognitoConfig, CustomAuthorizerConfig, JwtConfig } from "./auth";
import type { EdgeDomain } from "../aws/cloudfront";
import type { AgentConfig, CanaryConfig } from "../runtime/agents";
import type { PolicyConfig } from "./policy";
import type { DomainConfig, MethodThrottle, ResourcePolicyConfig } from "./rest";

/**
 * The config of a stack, with one property for each key. Pulumi.yaml declares the same keys, and defaults.ts contains the same defaults. All
 * values are plain, because they decide which resources exist. A key with `@bounds` only limits another key; no component reads it.
 */
export interface StackConfig extends PolicyConfig {
  /**
   * ARN of the AgentCore runtime behind `POST /invoke`, without an endpoint.
   * @default "" - the runtime of `sampleAgent`, or none if there are only `agents`
   */
  agentRuntimeArn?: string;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: string;
  /**
   * More agents behind the same doors, by name: `POST /agents/{name}/invoke`, `DELETE /agents/{name}/sessions/{id}`.
   * @default {} - none
   */
  agents?: Record<string, AgentConfig>;
  /**
   * A share of the sessions of `POST /invoke` that goes to another endpoint of the same runtime.
   * @default {} - every session goes to `qualifier`
   */
  canary?: CanaryConfig;
  /**
   * Whether the sample agent is deployed as the runtime behind `POST /invoke`.
   * @default false
   */
  sampleAgent?: boolean;
  /**
   * Whether resource policies allow only the roles of the doors to call the runtimes.
   * @default false
   */
  lockRuntime?: boolean;
  /**
   * ARNs of IAM roles or users that `lockRuntime` does not deny.
   * @default []
   */
  breakGlassPrincipals?: string[];
  /**
   * Whether callers can stop their sessions, `DELETE /sessions/{id}`. If false, the roles do not have the permission either.
   * @default true
   */
  stopSession?: boolean;
  /**
   * The doors to deploy, any of `bufferedApi`, `streamingUrl` and `streamingApi`.
   * @default ["streamingApi"]
   */
  doors?: string[];
  /**
   * How callers authenticate at the REST doors: `iam`, `apiKey`, `cognito`, `jwt` or `custom`.
   * @default "iam"
   */
  apiAuth?: string;
  /**
   * API keys by name, each with its own usage plan. With an `apiAuth` other than `apiKey`, callers need a key in addition.
   * @default {} - with `apiAuth` `apiKey` one key named `default`, otherwise none
   */
  apiKeys?: Record<string, ApiKeyConfig>;
  /**
   * The user pool behind `apiAuth` `cognito`.
   * @default {} - a pool is created, for machines
   */
  cognito?: CognitoConfig;
  /**
   * The issuer whose tokens `apiAuth` `jwt` accepts.
   * @default {} - only possible with another `apiAuth`
   */
  jwt?: JwtConfig;
  /**
   * Your own authorizer function for `apiAuth` `custom`.
   * @default {} - only possible with another `apiAuth`
   */
  customAuthorizer?: CustomAuthorizerConfig;
  /**
   * ARNs of IAM roles or users, or account ids, that may call `streamingUrl`.
   * @default [] - only principals of this account whose own IAM policy allows both actions
   */
  callers?: string[];
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
  edgeDomain?: EdgeDomain;
  /**
   * Whether a Lambda@Edge function hashes bodies, for clients that cannot send `x-amz-content-sha256`.
   * @default false
   */
  edgeSigner?: boolean;
  /**
   * The longest answer of a streaming door, seconds, 5 to 900. Every timeout is computed from it.
   * @default 300
   */
  maxDurationSeconds?: number;
  /**
   * The longest answer of `bufferedApi`, seconds, 5 to `bufferedQuotaSeconds`.
   * @default 29
   */
  bufferedMaxDurationSeconds?: number;
  /**
   * Memory of each function, megabytes, 128 to 10240.
   * @default 512
   */
  memorySizeMb?: number;
  /**
   * Number of concurrent requests that each function accepts. It is reserved from the account's concurrency. 0 turns the doors off.
   * @default -1 - reserves nothing and sets no limit: a new account has 10 for all its functions, and cannot reserve any of them
   */
  reservedConcurrency?: number;
  /**
   * Execution environments of each function that are kept warm; with `reservedConcurrency` at most as many.
   * @default 0 - none
   */
  provisionedConcurrency?: number;
  /**
   * Retention of logs, days. One of the values that CloudWatch Logs accepts.
   * @default 30
   */
  logRetentionInDays?: number;
  /**
   * ARN of the KMS key that encrypts the logs, in the stack's region. The key policy must allow CloudWatch Logs to use it.
   * @default "" - a key that AWS owns
   */
  logKmsKeyArn?: string;
  /**
   * Whether there is a CloudWatch dashboard: traffic, errors by code, latency, throttles, blocks, concurrency and estimated spend.
   * @default false
   */
  dashboard?: boolean;
  /**
   * Whether there are CloudWatch alarms on failures, throttles, latency, concurrency, blocks and estimated spend.
   * @default false
   */
  alarms?: boolean;
  /**
   * ARNs of the SNS topics that the alarms notify, at most five, in the stack's region. With `edge`, one must be in us-east-1. Required with
   * `alarms`.
   * @default []
   */
  alarmTopicArns?: string[];
  /**
   * Estimated spend of all doors a day at which the spend alarm starts, US dollars.
   * @default 50
   */
  alarmDailySpendUsd?: number;
  /**
   * Rate limit of each REST stage, requests per second.
   * @default 50
   */
  throttleRateLimit?: number;
  /**
   * Burst limit of each REST stage, requests.
   * @default 100
   */
  throttleBurstLimit?: number;
  /**
   * Limits of single routes of each REST stage, by method and path such as `POST /invoke`.
   * @default {} - only the limits of the stage
   */
  methodThrottles?: Record<string, MethodThrottle>;
  /**
   * Custom domain of the REST doors, with the base paths `/buffered` and `/streaming`.
   * @default {} - the default endpoint of each API
   */
  domain?: DomainConfig;
  /**
   * Addresses and accounts that may call the REST doors. API Gateway evaluates this before any other authorization.
   * @default {} - every caller with valid credentials for `apiAuth`
   */
  resourcePolicy?: ResourcePolicyConfig;
  /**
   * Whether only VPC endpoints reach the REST doors.
   * @default false
   */
  privateApi?: boolean;
  /**
   * Ids of the VPC endpoints for execute-api that reach the private REST doors.
   * @default [] - the endpoint that `privateNetwork` creates
   */
  apiVpcEndpointIds?: string[];
  /**
   * Whether the functions of the REST doors call the runtime from subnets without internet access.
   * @default false
   */
  privateNetwork?: boolean;
  /**
   * Id of an existing VPC for `privateNetwork`, with DNS support and DNS hostnames.
   * @default "" - a new VPC
   */
  vpcId?: string;
  /**
   * Ids of subnets of `vpcId`, in at least two Availability Zones.
   * @default []
   */
  subnetIds?: string[];
  /**
   * Interface endpoints that `vpcId` has already, by service: the id of a security group of each.
   * @default {} - `privateNetwork` makes an endpoint for each service
   */
  existingEndpoints?: Record<string, string>;
  /**
   * Runtimes that other stacks in the VPC call through this stack's endpoint for bedrock-agentcore.
   * @default []
   */
  endpointRuntimeArns?: string[];
  /**
   * CIDR block of the VPC that `privateNetwork` creates, from /16 to /27.
   * @default "10.0.0.0/16"
   */
  vpcCidrBlock?: string;
  /**
   * The account's quota for the integration timeout of buffered REST APIs (L-E5AE38E3), seconds, 29 to 300.
   * @default 29
   * @bounds bufferedMaxDurationSeconds
   */
  bufferedQuotaSeconds?: number;
  /**
   * Whether this stack sets the role with which API Gateway writes logs. An account has one such role in each region. It stays when the stack
   * is destroyed.
   * @default false
   */
  ownsAccountLogging?: boolean;
  /**
   * Whether stages and functions send X-Ray traces.
   * @default true
   */
  tracing?: boolean;
  /**
   * Requests that one IP address may send within five minutes before the web ACL blocks it.
   * @default 1000
   */
  rateLimitPerFiveMinutes?: number;
  /**
   * The address by which the rate rule of the REST doors counts: `ip`, or `forwardedIp` behind your own CDN.
   * @default "ip"
   */
  wafRateKey?: string;
  /**
   * Addresses that the rate and reputation rules skip, CIDR.
   * @default []
   */
  wafAllowIps?: string[];
  /**
   * Addresses that are blocked, CIDR.
   * @default []
   */
  wafBlockIps?: string[];
  /**
   * Whether the web ACLs log every request, with redacted credentials.
   * @default true
   */
  wafLogging?: boolean;
}
