import { DETECTORS, type DoorPolicy, type RedactionAction } from "../runtime/doorPolicy";
import { CUSTOM_HEADER_PREFIX } from "../wire/headers";
import { MAX_BODY_BYTES } from "../aws/limits";

/** The policy of the doors as the stack config has it: every part can be left out. */
export interface PolicyConfig {
  /**
   * How the runtime is called: `sigv4` with the function's role, `oauth` with the caller's bearer token.
   * @default "sigv4"
   */
  runtimeAuth?: string;
  /**
   * Client header to the runtime's header, with or without `X-Amzn-Bedrock-AgentCore-Runtime-Custom-` before it.
   * @default {} - no header of the client reaches the agent
   */
  headerMap?: Record<string, string>;
  /**
   * Fields of the body that reach the agent.
   * @default {} - every field is handed on under its own name
   */
  payload?: PayloadConfig;
  /**
   * Sensitive data that the agent must not see.
   * @default {} - nothing is searched
   */
  redaction?: RedactionConfig;
  /**
   * Exact origins of web pages that may call the doors, such as `https://app.example.com`.
   * @default [] - no page may
   */
  corsOrigins?: string[];
}

export interface PayloadConfig {
  /**
   * Fields that are handed on, beside `prompt`.
   * @default - every field
   */
  allow?: string[];
  /**
   * Fields that are refused.
   * @default []
   */
  deny?: string[];
  /**
   * Field of the client to field of the agent.
   * @default {}
   */
  rename?: Record<string, string>;
  /**
   * The longest prompt, bytes of UTF-8.
   * @default 65536
   */
  maxPromptBytes?: number;
}

export interface RedactionConfig {
  /**
   * Fields that are searched.
   * @default ["prompt"]
   */
  fields?: string[];
  /**
   * Built-in detector to what is done with a finding: `off`, `mask` or `reject`.
   * @default {} - every detector off
   */
  detectors?: Record<string, string>;
  /**
   * Patterns of one's own.
   * @default []
   */
  patterns?: PatternConfig[];
}

export interface PatternConfig {
  /** Stands in the mask and in the log: letters, digits, `_` and `-`. */
  name: string;
  /** RE2 syntax (https://github.com/google/re2/wiki/Syntax). */
  pattern: string;
  /**
   * What is done with a finding: `off`, `mask` or `reject`.
   * @default "mask"
   */
  action?: string;
}

/** The checked config with its defaults filled in. */
export function doorPolicy(config: PolicyConfig, publicEdge = false): DoorPolicy {
  const { runtimeAuth = "sigv4", headerMap = {}, payload = {}, redaction = {}, corsOrigins = [] } = config;
  const { allow, deny = [], rename = {}, maxPromptBytes = MAX_BODY_BYTES } = payload;
  const { fields = ["prompt"], detectors = {}, patterns = [] } = redaction;
  return {
    runtimeAuth: runtimeAuth as DoorPolicy["runtimeAuth"],
    headerMap: Object.fromEntries(
      Object.entries(headerMap).map(([client, runtime]) => [client.toLowerCase(), runtimeHeader(runtime)]),
    ),
    payload: { deny, rename, maxPromptBytes, ...(allow && { allow }) },
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
    publicEdge,
  };
}

/** The full name of a header that AgentCore hands to the agent. */
export function runtimeHeader(name: string): string {
  const bare = name.toLowerCase().startsWith(CUSTOM_HEADER_PREFIX.toLowerCase())
    ? name.slice(CUSTOM_HEADER_PREFIX.length)
    : name;
  return CUSTOM_HEADER_PREFIX + bare;
}
