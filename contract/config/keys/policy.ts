import { DETECTORS, type DoorPolicy, type RedactionAction } from "../../runtime/doorPolicy";
import { CUSTOM_HEADER_PREFIX } from "../../wire/headers";
import { MAX_BODY_BYTES } from "../../aws/limits";

/** The policy of the doors in the stack config. Every part is optional. */
export interface PolicyConfig {
  /**
   * How the runtime is called: `sigv4` signs with the function's role, `oauth` passes on the caller's bearer token.
   * @default "sigv4"
   */
  runtimeAuth?: string;
  /**
   * Map from a client's header to the runtime's header, with or without the prefix `X-Amzn-Bedrock-AgentCore-Runtime-Custom-`.
   * @default {} - no header of the client reaches the agent
   */
  headerMap?: Record<string, string>;
  /**
   * Map from a client's header to a field of the body. A field that the client sent stays as it is.
   * @default {} - no header becomes a field
   */
  headerFields?: Record<string, string>;
  /**
   * Fields of the body that reach the agent.
   * @default {} - every field is passed on under its own name
   */
  payload?: PayloadConfig;
  /**
   * Largest body of a request, bytes, 1024 to 6225920. AWS WAF inspects the first 65536 only: with more, its rule on size counts instead of blocking.
   * @default 65536
   */
  maxBodyBytes?: number;
  /**
   * What clients get of the agent's event stream: `all` events as they are, or only the `text`.
   * @default "all"
   */
  events?: string;
  /**
   * What clients get if the agent reports a failure: `replace` sends the door's own error, `pass` the agent's event.
   * @default "replace"
   */
  agentErrors?: string;
  /**
   * Sensitive data that the agent must not see.
   * @default {} - no field is searched
   */
  redaction?: RedactionConfig;
  /**
   * Exact origins of web pages that may call the doors, such as `https://app.example.com`.
   * @default [] - no web page may call
   */
  corsOrigins?: string[];
  /**
   * Who owns the sessions of callers with an assumed IAM role: `role`, or each role `session`.
   * @default "role"
   */
  sessionOwner?: string;
  /**
   * Names of IAM roles of which each role session owns its sessions: roles that people or several workloads assume, as with web identity or SAML.
   * @default [] - only the roles of IAM Identity Center, `AWSReservedSSO_*`
   */
  perSessionRoles?: string[];
  /**
   * A header in which the agent receives the verified caller.
   * @default {} - the agent does not learn who calls
   */
  callerHeader?: CallerHeaderConfig;
  /**
   * Whether the agent receives the verified caller's subject as AgentCore's user id.
   * @default false
   */
  runtimeUserId?: boolean;
}

export interface CallerHeaderConfig {
  /** Name of the header, with or without the prefix `X-Amzn-Bedrock-AgentCore-Runtime-Custom-`. */
  name?: string;
  /**
   * `subject` is the verified name, `hash` the first 32 hexadecimal digits of the owner's SHA-256.
   * @default "subject"
   */
  value?: string;
}

export interface PayloadConfig {
  /**
   * Fields that are passed on, in addition to `prompt`.
   * @default - every field
   */
  allow?: string[];
  /**
   * Fields that are refused.
   * @default []
   */
  deny?: string[];
  /**
   * Map from a field of the client to a field of the agent.
   * @default {}
   */
  rename?: Record<string, string>;
  /**
   * The longest prompt, bytes of UTF-8; at most `maxBodyBytes`.
   * @default 65536
   */
  maxPromptBytes?: number;
  /**
   * JSON Schema (draft 7) of the body without `session_id`, for fields of your own.
   * @default - every field may have any value
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi passes `any` on to other languages, and refuses `unknown`.
  schema?: Record<string, any>;
}

export interface RedactionConfig {
  /**
   * Fields that are searched.
   * @default ["prompt"]
   */
  fields?: string[];
  /**
   * Map from a built-in detector to its action for a finding: `off`, `mask` or `reject`.
   * @default {} - every detector off
   */
  detectors?: Record<string, string>;
  /**
   * Custom patterns.
   * @default []
   */
  patterns?: PatternConfig[];
}

export interface PatternConfig {
  /** Name in the mask and in the log: letters, digits, `_` and `-`. */
  name: string;
  /** RE2 syntax (https://github.com/google/re2/wiki/Syntax). */
  pattern: string;
  /**
   * Action for a finding: `off`, `mask` or `reject`.
   * @default "mask"
   */
  action?: string;
}

/** The policy with all defaults. The config must be valid. */
export function doorPolicy(config: PolicyConfig, publicEdge = false, userTokens = false): DoorPolicy {
  const {
    runtimeAuth = "sigv4",
    headerMap = {},
    headerFields = {},
    payload = {},
    redaction = {},
    corsOrigins = [],
  } = config;
  const { sessionOwner = "role", perSessionRoles = [], callerHeader = {}, runtimeUserId = false } = config;
  const { events = "all", agentErrors = "replace", maxBodyBytes = MAX_BODY_BYTES } = config;
  const { name, value = "subject" } = callerHeader;
  const { allow, deny = [], rename = {}, maxPromptBytes = MAX_BODY_BYTES, schema } = payload;
  const { fields = ["prompt"], detectors = {}, patterns = [] } = redaction;
  return {
    runtimeAuth: runtimeAuth as DoorPolicy["runtimeAuth"],
    headerMap: lowerCaseNames(
      Object.fromEntries(Object.entries(headerMap).map(([client, runtime]) => [client, runtimeHeader(runtime)])),
    ),
    payload: { deny, rename, maxPromptBytes, ...(allow && { allow }) },
    ...(Object.keys(headerFields).length > 0 && { headerFields: lowerCaseNames(headerFields) }),
    ...(schema && { schema: true as const }),
    redaction: {
      fields,
      detectors: Object.fromEntries(DETECTORS.map((name) => [name, (detectors[name] ?? "off") as RedactionAction])),
      patterns: patterns.map(({ name, pattern, action = "mask" }) => ({
        name,
        pattern,
        action: action as RedactionAction,
      })),
    },
    corsOrigins,
    maxBodyBytes,
    events: events as DoorPolicy["events"],
    agentErrors: agentErrors as DoorPolicy["agentErrors"],
    publicEdge,
    sessionOwner: sessionOwner as DoorPolicy["sessionOwner"],
    perSessionRoles,
    ...(userTokens && { userTokens }),
    ...(name !== undefined && { callerHeader: { name: runtimeHeader(name), value: value as "subject" | "hash" } }),
    ...(runtimeUserId && { runtimeUserId }),
  };
}

/** The headers of its clients that a policy reads, each once. */
export function readHeaders({ headerMap = {}, headerFields = {} }: PolicyConfig): string[] {
  const names = [...Object.keys(headerMap), ...Object.keys(headerFields)];
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The full name of a header that AgentCore passes on to the agent. */
export function runtimeHeader(name: string): string {
  const bare = name.toLowerCase().startsWith(CUSTOM_HEADER_PREFIX.toLowerCase())
    ? name.slice(CUSTOM_HEADER_PREFIX.length)
    : name;
  return CUSTOM_HEADER_PREFIX + bare;
}
