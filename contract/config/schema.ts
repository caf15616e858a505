import type { ApiKeyConfig, CognitoConfig, CustomAuthorizerConfig, JwtConfig } from "./auth";
import type { EdgeDomain } from "../aws/cloudfront";
import type { AgentConfig, CanaryConfig } from "../runtime/agents";
import type { PolicyConfig } from "./policy";
import type { DomainConfig, MethodThrottle, ResourcePolicyConfig } from "./rest";

/**
 * The config of a stack, one property a key. Pulumi.yaml declares the same keys, and defaults.ts holds the same defaults. Plain values:
 * they decide which resources exist. A key with `@bounds` only limits what another key can be: no component reads it.
 */
export interface StackConfig extends PolicyConfig {
  /**
   * ARN of the AgentCore runtime behind `POST /invoke`, without an endpoint.
   * @default "" - the runtime of `sampleAgent`, or none: then there are only `agents`
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
   * A share of the sessions of `POST /invoke` for another endpoint of the same runtime.
   * @default {} - every session meets `qualifier`
   */
  canary?: CanaryConfig;
  /**
   * Whether the sample agent is deployed as a runtime, which then is the one behind `POST /invoke`.
   * @default false
   */
  sampleAgent?: boolean;
  /**
   * Whether resource policies deny every principal but the doors' roles to call the runtimes.
   * @default false
   */
  lockRuntime?: boolean;
  /**
   * IAM role or user ARNs that `lockRuntime` leaves as they are.
   * @default []
   */
  breakGlassPrincipals?: string[];
  /**
   * Whether callers can stop their sessions, `DELETE /sessions/{id}`; false takes the right from the roles as well.
   * @default true
   */
  stopSession?: boolean;
  /**
   * The doors to deploy, any of `bufferedApi`, `streamingUrl` and `streamingApi`.
   * @default ["streamingApi"]
   */
  doors?: string[];
  /**
   * How callers prove themselves at the REST doors: `iam`, `apiKey`, `cognito`, `jwt` or `custom`.
   * @default "iam"
   */
  apiAuth?: string;
  /**
   * API keys by name, each with a usage plan of its own. With another `apiAuth` than `apiKey`, callers need a key beside it.
   * @default {} - with `apiAuth` `apiKey` one key, `default`; else none
   */
  apiKeys?: Record<string, ApiKeyConfig>;
  /**
   * The user pool behind `apiAuth` `cognito`.
   * @default {} - a pool is created, for machines
   */
  cognito?: CognitoConfig;
  /**
   * Whose tokens `apiAuth` `jwt` takes.
   * @default {} - only possible with another `apiAuth`
   */
  jwt?: JwtConfig;
  /**
   * Your own authorizer function for `apiAuth` `custom`.
   * @default {} - only possible with another `apiAuth`
   */
  customAuthorizer?: CustomAuthorizerConfig;
  /**
   * IAM role or user ARNs, or account ids, that may call `streamingUrl`.
   * @default [] - only principals of this account whose own IAM policy allows both actions
   */
  callers?: string[];
  /**
   * Whether `streamingUrl` stands behind CloudFront, for callers without AWS keys.
   * @default false
   */
  edge?: boolean;
  /**
   * Longest silence of the function that CloudFront bears, seconds, 16 to 120.
   * @default 60
   */
  edgeReadTimeoutSeconds?: number;
  /**
   * Domain of the edge: `name`, `certificateArn` (in us-east-1) and, for its DNS records, `hostedZoneId`.
   * @default {} - CloudFront's own domain
   */
  edgeDomain?: EdgeDomain;
  /**
   * Whether a function at the edge hashes bodies, for clients that cannot send `x-amz-content-sha256`.
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
   * Requests at once that each function takes, out of the account's concurrency; 0 turns the doors off, -1 reserves nothing and sets no limit.
   * @default 50
   */
  reservedConcurrency?: number;
  /**
   * Sandboxes of each function that are kept warm, at most `reservedConcurrency`.
   * @default 0 - none
   */
  provisionedConcurrency?: number;
  /**
   * How long logs are kept, days, one of the values that CloudWatch Logs takes.
   * @default 30
   */
  logRetentionInDays?: number;
  /**
   * ARN of the KMS key that encrypts the logs, in the stack's region. Its policy must let CloudWatch Logs use it.
   * @default "" - AWS's own key
   */
  logKmsKeyArn?: string;
  /**
   * A CloudWatch dashboard: traffic, errors by code, latency, throttles, blocks, concurrency and estimated spend.
   * @default false
   */
  dashboard?: boolean;
  /**
   * CloudWatch alarms on failures, throttles, latency, concurrency, blocks and estimated spend.
   * @default false
   */
  alarms?: boolean;
  /**
   * ARNs of the SNS topics that hear the alarms, five at the most, in the stack's region; with `edge` one in us-east-1 as well.
   * @default [] - which `alarms` refuses
   */
  alarmTopicArns?: string[];
  /**
   * Estimated spend of all doors a day from which on an alarm goes off, US dollars.
   * @default 50
   */
  alarmDailySpendUsd?: number;
  /**
   * Requests a second that each REST stage takes.
   * @default 50
   */
  throttleRateLimit?: number;
  /**
   * Requests at once that each REST stage takes.
   * @default 100
   */
  throttleBurstLimit?: number;
  /**
   * What single routes of each REST stage take, by method and path: `POST /invoke`.
   * @default {} - each takes what the stage takes
   */
  methodThrottles?: Record<string, MethodThrottle>;
  /**
   * Custom domain of the REST doors. Two doors share it as `/buffered` and `/streaming`.
   * @default {} - the address that API Gateway gives each door
   */
  domain?: DomainConfig;
  /**
   * Who may reach the REST doors, before any other proof is looked at.
   * @default {} - everybody who has the proof that `apiAuth` asks for
   */
  resourcePolicy?: ResourcePolicyConfig;
  /**
   * Whether only VPC endpoints reach the REST doors.
   * @default false
   */
  privateApi?: boolean;
  /**
   * Endpoints for execute-api that reach the private REST doors.
   * @default [] - the one that `privateNetwork` makes
   */
  apiVpcEndpointIds?: string[];
  /**
   * Whether the functions of the REST doors call the runtime from subnets without a way to the internet.
   * @default false
   */
  privateNetwork?: boolean;
  /**
   * An existing VPC for `privateNetwork`, with DNS support and DNS hostnames on.
   * @default "" - a new one
   */
  vpcId?: string;
  /**
   * Subnets of `vpcId`, in two availability zones at the least.
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
   * Addresses of the VPC that `privateNetwork` makes, a /16 to a /27.
   * @default "10.0.0.0/16"
   */
  vpcCidrBlock?: string;
  /**
   * The account's quota for whole answers of REST APIs (L-E5AE38E3), seconds, 29 to 300.
   * @default 29
   * @bounds bufferedMaxDurationSeconds
   */
  bufferedQuotaSeconds?: number;
  /**
   * Whether this stack owns API Gateway's logging role, which an account has once a region.
   * @default false
   */
  ownsAccountLogging?: boolean;
  /**
   * Whether stages and functions write X-Ray traces.
   * @default true
   */
  tracing?: boolean;
  /**
   * Requests of one IP address within five minutes before the web ACL blocks it.
   * @default 1000
   */
  rateLimitPerFiveMinutes?: number;
  /**
   * What the rate rule of the REST doors counts by: `ip`, or `forwardedIp` behind a CDN of your own.
   * @default "ip"
   */
  wafRateKey?: string;
  /**
   * Addresses that the rate and reputation rules spare, CIDR.
   * @default []
   */
  wafAllowIps?: string[];
  /**
   * Addresses that are blocked, CIDR.
   * @default []
   */
  wafBlockIps?: string[];
  /**
   * Whether the web ACLs write a log of every request that they see, credentials redacted.
   * @default true
   */
  wafLogging?: boolean;
}
