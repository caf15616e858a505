import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { ErrorCode } from "../../contract/wire/errors";
import { agentStatusOf, isRejectedByAgent, startFailureOf, statusOf } from "./runtimeError";

/**
 * Error codes by the name of an exception: those of InvokeAgentRuntime and StopRuntimeSession, and this file's own. AGENT_REFUSED means
 * that the door is misconfigured; the caller cannot change that.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html#API_InvokeAgentRuntime_Errors
 * It is a Map and not an object, because a service's exception could be named `constructor`.
 */
const BY_NAME: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries({
    AccessDeniedException: "AGENT_REFUSED",
    ResourceNotFoundException: "AGENT_REFUSED",
    ValidationException: "AGENT_REFUSED",
    UnauthorizedException: "AGENT_REFUSED",
    RetryableConflictException: "SESSION_BUSY",
    ConflictException: "SESSION_BUSY",
    RuntimeClientError: "AGENT_ERROR",
    InternalServerException: "AGENT_ERROR",
    ServiceQuotaExceededException: "AGENT_UNAVAILABLE",
    ThrottlingException: "AGENT_THROTTLED",
    RuntimeWantsOAuth: "RUNTIME_WANTS_OAUTH",
    RuntimeWantsSigV4: "RUNTIME_WANTS_SIGV4",
    TokenRefused: "TOKEN_REFUSED",
    ClientTooSlow: "CLIENT_TOO_SLOW",
    NoTimeLeft: "AGENT_TIMEOUT",
    NotText: "ANSWER_NOT_TEXT",
    StreamTooLarge: "STREAM_TOO_LARGE",
  } as const),
);

/** The client stopped reading until the deadline passed. */
export class ClientTooSlow extends Error {
  override readonly name = "ClientTooSlow";
}

/** The deadline passed before the agent was called. */
export class NoTimeLeft extends Error {
  override readonly name = "NoTimeLeft";
}

/** The answer cannot be sent as an event, because it is not a text. */
export class NotText extends Error {
  override readonly name = "NotText";
}

/** The answer is larger than a stream can be. */
export class StreamTooLarge extends Error {
  override readonly name = "StreamTooLarge";
}

/** Socket errors that mean that no connection to the agent was made. */
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"]);

/** True if no connection was made: nothing of the request has arrived anywhere. */
export function couldNotConnect(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code !== undefined && UNREACHABLE.has(code);
}

const OWN_NAMES = new Set(["Error", "TypeError", "RangeError", "SyntaxError", "AbortError", "TimeoutError"]);

/** The class of an exception, for the log. A service can put any text into the name, so only known names are logged. */
export function nameOf({ name }: Error): string {
  return BY_NAME.has(name) || OWN_NAMES.has(name) ? name : "Unknown";
}

/** AgentCore's two messages for the other kind of authorization; contract/wire/agentCoreTexts.ts has their sources. */
const MISMATCH = /authorization method mismatch|configured for \w[^.]{0,40}\bbut (?:the |your )?request used\b/i;

/**
 * Renames the error of a runtime that uses the other kind of authorization or refuses the token. Returns any other error unchanged, the
 * agent's own status included: then the request has passed the runtime's authorization.
 * A SigV4 runtime refuses with 403, a JWT runtime with 401. A mismatch has its own message.
 */
export function authFailure(error: unknown, runtimeAuth: RuntimeAuth): Error {
  if (!(error instanceof Error)) return new Error("Not an Error was thrown.", { cause: error });
  if (startFailureOf(error) || agentStatusOf(error) !== undefined) return error;
  const named = (name: string) => Object.assign(new Error(name, { cause: error }), { name });
  const status = statusOf(error);
  const mismatch = MISMATCH.test(error.message);
  if (runtimeAuth === "sigv4") return mismatch || status === 401 ? named("RuntimeWantsOAuth") : error;
  if (mismatch) return named("RuntimeWantsSigV4");
  return status === 401 || status === 403 ? named("TokenRefused") : error;
}

/** The error code for anything that a call of the agent throws. */
export function codeOf(error: unknown, deadline: AbortSignal): ErrorCode {
  if (error instanceof ClientTooSlow) return "CLIENT_TOO_SLOW";
  // A passed deadline and a dead agent throw the same error. Only the signal tells which it was.
  if (deadline.aborted) return "AGENT_TIMEOUT";
  if (!(error instanceof Error)) return "INTERNAL";
  if (couldNotConnect(error)) return "AGENT_UNAVAILABLE";
  if (startFailureOf(error)) return "AGENT_START_FAILED";
  if (isRejectedByAgent(error)) return "AGENT_INPUT_INVALID";
  return BY_NAME.get(error.name) ?? byStatus(statusOf(error), error);
}

function byStatus(status: number | undefined, error: Error): ErrorCode {
  if (status === 504) return "AGENT_TIMEOUT";
  if (status === 503) return "AGENT_UNAVAILABLE";
  if (status === 429) return "AGENT_THROTTLED";
  if (status !== undefined) return status >= 400 && status < 500 ? "AGENT_REFUSED" : "AGENT_ERROR";
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && /^E(?:CONNRESET|PIPE|TIMEDOUT)$|^HPE_/.test(code) ? "AGENT_ERROR" : "INTERNAL";
}
