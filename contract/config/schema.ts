import type { ApiKeyConfig, CognitoConfig, CustomAuthorizerConfig, JwtConfig } from "./keys/auth";
import type { EdgeConfig } from "./keys/edge";
import type { AgentConfig, AnswerConfig, CanaryConfig } from "../runtime/agents";
import type { FirewallConfig } from "./keys/firewall";
import type { HooksConfig } from "./keys/hooks";
import type { NetworkConfig } from "./keys/network";
import type { OperationsConfig } from "./keys/operations";
import type { RolesConfig } from "./keys/roles";
import type { PolicyConfig } from "./keys/policy";
import type { DomainConfig, MethodThrottle, ResourcePolicyConfig } from "./keys/rest";

/**
 * The config of a stack, with one property for each key, here or in the topics that it extends. Pulumi.yaml declares the same keys, and
 * defaults.ts contains the same defaults. A key with `@bounds` only limits another key; no component reads it.
 *
 * @typeParam Text a text that decides neither which resources exist nor how they are called: in a program of one's own it can be an Input
 * @typeParam Texts a list of such texts whose length decides nothing either
 * @typeParam Callers the callers of `streamingUrl`
 */
export interface StackConfig<Text = string, Texts = string[], Callers = string[]>
  extends
    PolicyConfig,
    HooksConfig<Text>,
    EdgeConfig<Text>,
    NetworkConfig<Text, Texts>,
    OperationsConfig<Text>,
    RolesConfig<Text>,
    FirewallConfig<Text> {
  /**
   * ARN of the AgentCore runtime behind `POST /invoke`, without an endpoint.
   * @default "" - the runtime of `sampleAgent`, or none if there are only `agents`
   */
  agentRuntimeArn?: Text;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: string;
  /**
   * More agents behind the same doors, by name: `POST /agents/{name}/invoke`, `DELETE /agents/{name}/sessions/{id}`.
   * @default {} - none
   */
  agents?: Record<string, AgentConfig<Text>>;
  /**
   * A share of the sessions of `POST /invoke` that goes to another endpoint of the same runtime.
   * @default {} - every session goes to `qualifier`
   */
  canary?: CanaryConfig;
  /**
   * The dialect of the events of the agent behind `POST /invoke`: a name of `DIALECT_NAMES`.
   * @default "" - the first event that belongs to a dialect decides
   */
  dialect?: string;
  /**
   * Which field of its events has the text, instead of a dialect.
   * @default {} - what the dialect says
   */
  answer?: AnswerConfig;
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
  breakGlassPrincipals?: Text[];
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
   * The user pool behind `apiAuth` or `edgeAuth` `cognito`.
   * @default {} - a pool is created, for machines
   */
  cognito?: CognitoConfig<Text>;
  /**
   * The issuer whose tokens `apiAuth` or `edgeAuth` `jwt` accepts.
   * @default {} - only possible if neither is `jwt`
   */
  jwt?: JwtConfig<Text>;
  /**
   * Your own authorizer function for `apiAuth` `custom`.
   * @default {} - only possible with another `apiAuth`
   */
  customAuthorizer?: CustomAuthorizerConfig<Text>;
  /**
   * ARNs of IAM roles or users, or account ids, that may call `streamingUrl`.
   * @default [] - only principals of this account whose own IAM policy allows both actions
   */
  callers?: Callers;
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
  domain?: DomainConfig<Text>;
  /**
   * Addresses and accounts that may call the REST doors. API Gateway evaluates this before any other authorization.
   * @default {} - every caller with valid credentials for `apiAuth`
   */
  resourcePolicy?: ResourcePolicyConfig;
  /**
   * The account's quota for the integration timeout of buffered REST APIs (L-E5AE38E3), seconds, 29 to 300.
   * @default 29
   * @bounds bufferedMaxDurationSeconds
   */
  bufferedQuotaSeconds?: number;
}
