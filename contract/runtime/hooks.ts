import type { Usage } from "../wire/dialects/said";

/**
 * The types of a stack's own code before and after the agent: see docs/hooks.md. A module of hooks exports any of the members of {@link Hooks} by name:
 *
 *     import type { HookRequest, HookResult } from "./contract/runtime/hooks";
 *     export async function beforeInvoke({ caller, signal }: HookRequest): Promise<HookResult> { ... }
 */
export interface Hooks {
  /** Called before each call of an agent, after the request was validated. It returns what to change, a refusal, or nothing. */
  readonly beforeInvoke?: (request: HookRequest) => HookResult | Promise<HookResult>;
  /** Called after each answer, also after an error. What it returns is ignored. */
  readonly onAnswer?: (answer: HookAnswer) => void | Promise<void>;
}

/** The names that a module of hooks can export. */
export const HOOK_NAMES = ["beforeInvoke", "onAnswer"] as const satisfies readonly (keyof Hooks)[];

/** The form of a code of a refusal. */
export const REFUSAL_CODE = /^[A-Z][A-Z0-9_]{1,39}$/;

/** The form of the text of a refusal: printable, on one line. */
export const REFUSAL_TEXT = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;

/** A valid request, before its data is searched for sensitive data. It is a copy: changing it changes nothing. */
export interface HookRequest {
  readonly prompt: string;
  /** Every other field of the body under the client's name, without `session_id`, and the fields of `headerFields`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The caller that the door has verified. Undefined behind an anonymous public edge. */
  readonly caller: HookCaller | undefined;
  /** Name of the agent; `default` is the one behind `/invoke`. */
  readonly agent: string;
  /** The client's session id, or the id of the new session. */
  readonly sessionId: string;
  /** Fires when the time limit has passed. */
  readonly signal: AbortSignal;
}

export interface HookCaller {
  readonly kind: "iam" | "cognitoIdentity" | "apiKey" | "jwt" | "authorizer";
  /** The verified name, unique only together with what verified it: a token's `sub`, the ARN of an IAM principal, the id of an API key. */
  readonly subject: string;
  /** 32 hexadecimal digits that are unique to the caller, as in `callerHeader` with `hash`. */
  readonly hash: string;
}

/** What a hook changes. */
export interface HookChange {
  /** Replaces the prompt. */
  readonly prompt?: string;
  /** Fields to add or to replace, under the client's names; undefined removes one. `prompt` and `session_id` are not among them. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Headers for the agent by name, with or without the prefix `X-Amzn-Bedrock-AgentCore-Runtime-Custom-`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Refuses the request. The client gets HOOK_REFUSED, and a message with this code and this text; the log gets the code only. */
export interface HookRefusal {
  /** 2 to 40 characters of A-Z, 0-9 and _, a letter first. */
  readonly refuse: string;
  /** 1 to 200 printable characters for the client. */
  readonly text: string;
}

// A function that returns nothing has the type void.
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type
export type HookResult = HookChange | HookRefusal | void;

/** How a request ended. */
export interface HookAnswer {
  readonly requestId: string;
  /** Name of the agent; undefined if none was asked. */
  readonly agent: string | undefined;
  readonly sessionId: string | undefined;
  readonly caller: HookCaller | undefined;
  /** HTTP status. */
  readonly status: number;
  /** Code of docs/errors.md, if the request failed. */
  readonly code: string | undefined;
  /** From the start of the handler to the end of the answer, milliseconds. */
  readonly durationMs: number;
  /** From the start of the handler until the agent's first byte, milliseconds; undefined if there was none. */
  readonly firstByteMs: number | undefined;
  /** Size of the answer, bytes. */
  readonly bytes: number;
  /** Tokens, if the agent reported them. */
  readonly usage: Usage | undefined;
}
