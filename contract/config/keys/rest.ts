import { DOOR_NAMES, isRestDoor, type RestDoorName } from "../../wire/doors";

/** The doors on API Gateway. */
export const REST_DOOR_NAMES: readonly RestDoorName[] = DOOR_NAMES.filter(isRestDoor);

/** The custom domain of the REST doors in the stack config. */
export interface DomainConfig<Text = string> {
  /** Domain name for callers, such as `agent.example.com`. Required if there is a domain. */
  name?: Text;
  /** ARN of an ACM certificate for the name, in the region of the stack. Required if there is a domain. */
  certificateArn?: Text;
  /**
   * Id of the Route 53 hosted zone in which the alias records are created.
   * @default - no record; create a record for the domain's target yourself
   */
  hostedZoneId?: Text;
  /**
   * Security policy of the domain: its TLS versions and ciphers.
   * @default "SecurityPolicy_TLS13_1_2_2021_06" - TLS 1.3, and TLS 1.2 with forward secrecy
   */
  securityPolicy?: string;
  /**
   * For mutual TLS: `s3://` URI of the certificates of the authorities that clients' certificates are from, PEM, in a bucket of the stack's region.
   * @default - clients need no certificate
   */
  truststoreUri?: Text;
  /**
   * Version of that object. Without it, a changed object counts from the next change of the domain on.
   * @default - the newest version at the time of the update
   */
  truststoreVersion?: Text;
}

/** The resource policy of the REST doors. API Gateway evaluates it before any other authorization. */
export interface ResourcePolicyConfig {
  /** Address ranges that may call, IPv4 or IPv6. All other addresses are denied. @default - every address */
  allowIps?: string[];
  /** Address ranges that may not call. @default - none */
  denyIps?: string[];
  /** Ids of other accounts whose principals may call, if their own IAM policies also allow it. @default - none */
  accounts?: string[];
}

/** Limits of one route. They cannot exceed the limits of the stage. */
export interface MethodThrottle {
  /** Steady rate, requests per second. */
  rateLimit: number;
  /** Burst limit, requests. */
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

/** Base path of each door in a domain, whichever other doors there are. */
export const DOMAIN_BASE_PATHS = {
  bufferedApi: "buffered",
  streamingApi: "streaming",
} as const satisfies Readonly<Record<RestDoorName, string>>;

/** Services that functions in a private network call, each through an interface endpoint of the VPC. */
export const ENDPOINT_SERVICES: readonly string[] = ["bedrock-agentcore", "logs", "xray"];
