import type { Ownership } from "./sessionOwner";

/** The action for a finding of sensitive data. */
export type RedactionAction = "off" | "mask" | "reject";

/** Built-in detectors, in the order in which they run. */
export const DETECTORS = ["awsKey", "iban", "card", "ssn", "email", "phone", "ipv4"] as const;
export type Detector = (typeof DETECTORS)[number];

export interface CustomPattern {
  /** Name in the mask and in the log: letters, digits, `_` and `-`. */
  readonly name: string;
  /** RE2 syntax (https://github.com/google/re2/wiki/Syntax). The time of one match is linear in the length of the text. All matches share one time limit. */
  readonly pattern: string;
  readonly action: RedactionAction;
}

/** Sensitive data that the agent must not receive. */
export interface Redaction {
  /** Top-level fields of the body that are searched, including all nested texts. */
  readonly fields: readonly string[];
  readonly detectors: Readonly<Partial<Record<Detector, RedactionAction>>>;
  readonly patterns: readonly CustomPattern[];
}

/** The detectors that are not off, in the order in which they run. A function's archive has their code only if there is one. */
export function activeDetectors({
  detectors,
}: Pick<Redaction, "detectors">): readonly { readonly name: Detector; readonly action: RedactionAction }[] {
  return DETECTORS.map((name) => ({ name, action: detectors[name] ?? "off" })).filter(({ action }) => action !== "off");
}

/** The fields of the body that reach the agent, and their names there. */
export interface PayloadPolicy {
  /** Fields that are passed on, in addition to `prompt`; undefined passes on every field. */
  readonly allow?: readonly string[] | undefined;
  /** Fields that are refused. */
  readonly deny: readonly string[];
  /** Map from a name in the client's body to a name in the agent's payload. `prompt` can also be renamed. */
  readonly rename: Readonly<Record<string, string>>;
  /** Largest `prompt`, bytes of UTF-8. */
  readonly maxPromptBytes: number;
}

/** What clients get of an agent's event stream: all events as they are, or only the text. */
export const ANSWER_EVENTS = ["all", "text"] as const;
export type AnswerEvents = (typeof ANSWER_EVENTS)[number];

/** What clients get if an agent reports a failure: the door's own error in its place, or the agent's event. */
export const AGENT_ERRORS = ["replace", "pass"] as const;
export type AgentErrors = (typeof AGENT_ERRORS)[number];

/** How the front door authenticates to the runtime: with a signature of its role, or with the caller's bearer token. */
export type RuntimeAuth = "sigv4" | "oauth";

/**
 * How the doors of a stack handle requests. A component writes the policy into the function's archive as {@link POLICY_FILE}, and the handler reads
 * it. It is not in environment variables, because their limit of 4 KB is too small for twenty header mappings and a few patterns.
 */
export interface DoorPolicy extends Ownership {
  readonly runtimeAuth: RuntimeAuth;
  /** Map from a client's header in lower case to the runtime's header. */
  readonly headerMap: Readonly<Record<string, string>>;
  readonly payload: PayloadPolicy;
  /** Map from a client's header in lower case to a field of the body. Absent if no header becomes a field. */
  readonly headerFields?: Readonly<Record<string, string>>;
  /** Whether the archive has a schema of the body. */
  readonly schema?: true;
  /** The code of the stack in the archive; absent if there is none. */
  readonly hooks?: { readonly timeoutMs: number };
  readonly redaction: Redaction;
  /** Exact origins that the handler answers with CORS headers. Empty if there is no CORS, or if another service handles it. */
  readonly corsOrigins: readonly string[];
  /** Largest body of a request, bytes. */
  readonly maxBodyBytes: number;
  /** What clients get of the agent's events. */
  readonly events: AnswerEvents;
  /** What clients get of the agent's own text about a failure. */
  readonly agentErrors: AgentErrors;
  /** Whether the requests come from a public edge, which signs them. The caller is then anonymous. */
  readonly publicEdge: boolean;
  /** Whether the function verifies the user's token behind that edge. If absent, the caller stays anonymous. */
  readonly userTokens?: true;
  /** The runtime's header with the verified caller. If absent, no header contains the caller. */
  readonly callerHeader?: {
    /** Full name. No target of `headerMap` has it in any spelling. */
    readonly name: string;
    readonly value: "subject" | "hash";
  };
  /** Whether AgentCore's user id is the verified subject. If absent, there is no user id. */
  readonly runtimeUserId?: true;
}

/** Name of the file in the archive, next to `index.mjs`. */
export const POLICY_FILE = "policy.json";
