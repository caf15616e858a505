/** What is done with a finding of sensitive data. */
export type RedactionAction = "off" | "mask" | "reject";

/** Built-in detectors, in the order in which they look. */
export const DETECTORS = ["awsKey", "iban", "card", "ssn", "email", "phone", "ipv4"] as const;
export type Detector = (typeof DETECTORS)[number];

export interface CustomPattern {
  /** Stands in the mask and in the log: letters, digits, `_` and `-`. */
  readonly name: string;
  /** RE2 syntax (https://github.com/google/re2/wiki/Syntax). One match takes time linear in the text; all of them have a time together. */
  readonly pattern: string;
  readonly action: RedactionAction;
}

/** Which sensitive data the agent must not see. */
export interface Redaction {
  /** Top-level fields of the body that are searched, with all texts inside them. */
  readonly fields: readonly string[];
  readonly detectors: Readonly<Partial<Record<Detector, RedactionAction>>>;
  readonly patterns: readonly CustomPattern[];
}

/** Which fields of the body reach the agent, and under which name. */
export interface PayloadPolicy {
  /** Fields that are handed on beside `prompt`; undefined lets every field through. */
  readonly allow?: readonly string[] | undefined;
  /** Fields that are refused. */
  readonly deny: readonly string[];
  /** Name in the client's body to name in the agent's payload; `prompt` can be renamed as well. */
  readonly rename: Readonly<Record<string, string>>;
  /** Largest `prompt`, bytes of UTF-8. */
  readonly maxPromptBytes: number;
}

/** How the front door proves itself to the runtime: its role's signature, or the caller's bearer token. */
export type RuntimeAuth = "sigv4" | "oauth";

/**
 * What a stack says of the requests of its doors. A component writes it into the function's archive as {@link POLICY_FILE}, the
 * handler reads it: environment variables take 4 KB in all, less than twenty header mappings and a few patterns need.
 */
export interface DoorPolicy {
  readonly runtimeAuth: RuntimeAuth;
  /** Client header, in lower case, to the runtime's header. */
  readonly headerMap: Readonly<Record<string, string>>;
  readonly payload: PayloadPolicy;
  readonly redaction: Redaction;
  /** Exact origins that the handler answers with CORS headers; empty where another service does that, or nobody. */
  readonly corsOrigins: readonly string[];
  /** A public edge signs for whoever comes: the function does not know its caller. */
  readonly publicEdge: boolean;
}

/** Beside `index.mjs` in the archive. */
export const POLICY_FILE = "policy.json";
