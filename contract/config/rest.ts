import { DOOR_NAMES, isRestDoor, type RestDoorName } from "../wire/doors";

/** The doors on API Gateway. */
export const REST_DOOR_NAMES: readonly RestDoorName[] = DOOR_NAMES.filter(isRestDoor);

/** A custom domain in front of the REST doors, as the stack config has it. */
export interface DomainConfig {
  /** Host name that callers use, such as `agent.example.com`. Required where there is a domain. */
  name?: string;
  /** ARN of an ACM certificate for the name, in the region of the stack. Required where there is a domain. */
  certificateArn?: string;
  /**
   * Route 53 hosted zone that gets the alias records.
   * @default - no record; point the name at the domain's target by other means
   */
  hostedZoneId?: string;
  /**
   * TLS policy of the domain.
   * @default "SecurityPolicy_TLS13_1_2_2021_06" - TLS 1.3, and TLS 1.2 with forward secrecy
   */
  securityPolicy?: string;
}

/** Who may reach the REST doors at all, before any other proof is looked at. */
export interface ResourcePolicyConfig {
  /** Address ranges that may call, IPv4 or IPv6; every other is denied. @default - every address */
  allowIps?: string[];
  /** Address ranges that may not call. @default - none */
  denyIps?: string[];
  /** Other accounts whose principals may call, where their own IAM policies allow it as well. @default - none */
  accounts?: string[];
}

/** What one route takes, within what the stage takes. */
export interface MethodThrottle {
  /** Steady rate, requests a second. */
  rateLimit: number;
  /** Requests at once. */
  burstLimit: number;
}

/**
 * Security policies of a custom domain that refuse TLS 1.1 and older.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export const DOMAIN_SECURITY_POLICIES: readonly string[] = [
  "TLS_1_2",
  "SecurityPolicy_TLS13_1_2_2021_06",
  "SecurityPolicy_TLS13_1_2_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
];

export const DEFAULT_DOMAIN_SECURITY_POLICY = "SecurityPolicy_TLS13_1_2_2021_06";

/** Path of each door below a domain that both share; a single door has the root. */
export const DOMAIN_BASE_PATHS = {
  bufferedApi: "buffered",
  streamingApi: "streaming",
} as const satisfies Readonly<Record<RestDoorName, string>>;

/** Services that functions in a private network call, each through an interface endpoint of the VPC. */
export const ENDPOINT_SERVICES: readonly string[] = ["bedrock-agentcore", "logs", "xray"];
