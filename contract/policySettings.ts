import { DETECTORS, type Detector, type DoorPolicy, type RedactionAction } from "./doorPolicy";
import { CUSTOM_HEADER_PREFIX } from "./headers";
import { MAX_BODY_BYTES } from "./limits";

/** The policy of the doors as the stack config has it: every part can be left out. */
export interface PolicyConfig {
  /** @default "sigv4" */
  readonly runtimeAuth?: string;
  /**
   * Client header to the runtime's header, with or without `X-Amzn-Bedrock-AgentCore-Runtime-Custom-` before it.
   * @default {} - no header of the client reaches the agent
   */
  readonly headerMap?: Readonly<Record<string, string>>;
  /** @default {} - every field is handed on under its own name */
  readonly payload?: PayloadConfig;
  /** @default {} - nothing is searched */
  readonly redaction?: RedactionConfig;
  /**
   * Exact origins of web pages that may call the doors, such as `https://app.example.com`.
   * @default [] - no page may
   */
  readonly corsOrigins?: readonly string[];
}

export interface PayloadConfig {
  /** @default - every field */
  readonly allow?: readonly string[];
  /** @default [] */
  readonly deny?: readonly string[];
  /** @default {} */
  readonly rename?: Readonly<Record<string, string>>;
  /** @default 65536 */
  readonly maxPromptBytes?: number;
}

export interface RedactionConfig {
  /** @default ["prompt"] */
  readonly fields?: readonly string[];
  /** @default {} - every detector off */
  readonly detectors?: Readonly<Partial<Record<Detector, RedactionAction>>>;
  /** @default [] */
  readonly patterns?: readonly { readonly name: string; readonly pattern: string; readonly action?: RedactionAction }[];
}

/** The checked config with its defaults filled in. */
export function doorPolicy(config: PolicyConfig): DoorPolicy {
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
      detectors: Object.fromEntries(DETECTORS.map((name) => [name, detectors[name] ?? "off"])),
      patterns: patterns.map(({ name, pattern, action = "mask" }) => ({ name, pattern, action })),
    },
    corsOrigins,
  };
}

/** The full name of a header that AgentCore hands to the agent. */
export function runtimeHeader(name: string): string {
  const bare = name.toLowerCase().startsWith(CUSTOM_HEADER_PREFIX.toLowerCase())
    ? name.slice(CUSTOM_HEADER_PREFIX.length)
    : name;
  return CUSTOM_HEADER_PREFIX + bare;
}
