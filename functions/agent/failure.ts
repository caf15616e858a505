import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { ErrorCode } from "../../contract/wire/errors";

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

/** HTTP status of an AWS service's error. */
export function statusOf(error: Error): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** The agent container's HTTP status, from AgentCore's message. */
export function agentStatusOf({ message }: Error): number | undefined {
  const status = /Received error \(([1-5][0-9]{2})\) from runtime/.exec(message)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** Why AgentCore could not start the agent. The log has only this, never the message. */
export type StartFailure = "initialization_timeout" | "health_check";

/**
 * AgentCore's messages for a failed start, with or without its advice. A pattern matches the whole message: a longer one can be about an
 * agent that has run.
 * The first message comes with status 424 (https://github.com/aws/bedrock-agentcore-sdk-python/issues/599); its number of seconds differs.
 * The second ends with the address of a page.
 */
const START_FAILURES: readonly (readonly [reason: StartFailure, words: RegExp])[] = [
  [
    "initialization_timeout",
    /^Runtime initialization (?:time(?:out)? exceeded|timed out)(?:\.?|\. Please make sure that initialization completes\b[^.\n]*\.?)$/i,
  ],
  [
    "health_check",
    /^(?:Runtime )?health check (?:failed|timed out|failed or timed out)(?:\.?|\. Please make sure that health check is implemented\b[^.\n]*(?:\.\S*)?)$/i,
  ],
];

/** Why the agent did not start, or undefined for any other error. If the agent did not start, the prompt was not run. */
export function startFailureOf(error: unknown): StartFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  // The troubleshooting page gives 403 for this exception:
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html
  if (statusOf(error) !== 424 && error.name !== "RuntimeClientError") return undefined;
  const message = error.message.trim();
  return START_FAILURES.find(([, words]) => words.test(message))?.[0];
}

/**
 * Renames the error of a runtime that uses the other kind of authorization or refuses the token. Returns any other error unchanged.
 * A SigV4 runtime refuses with 403, a JWT runtime with 401. A mismatch has its own message
 * (https://github.com/aws/agentcore-cli/issues/714).
 */
export function authFailure(error: unknown, runtimeAuth: RuntimeAuth): Error {
  if (!(error instanceof Error)) return new Error("Not an Error was thrown.", { cause: error });
  if (startFailureOf(error)) return error;
  const named = (name: string) => Object.assign(new Error(name, { cause: error }), { name });
  const status = statusOf(error);
  const mismatch = /authorization method mismatch/i.test(error.message);
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
