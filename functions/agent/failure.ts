import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import type { ErrorCode } from "../../contract/wire/errors";

/**
 * Exceptions of InvokeAgentRuntime and StopRuntimeSession by name, and this file's own. The refusals are the door's own
 * misconfiguration: the caller can do nothing.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html#API_InvokeAgentRuntime_Errors
 * A map: the service names its exceptions, and an object would know `constructor` as well.
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
  } as const),
);

/** The client stopped reading, and the deadline has passed. */
export class ClientTooSlow extends Error {
  override readonly name = "ClientTooSlow";
}

/** The deadline has come before the agent was called. */
export class NoTimeLeft extends Error {
  override readonly name = "NoTimeLeft";
}

/** Socket errors of an agent endpoint that could not be reached at all. */
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"]);

/** True where no connection was made, so that nothing of the request has arrived anywhere. */
export function neverArrived(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code !== undefined && UNREACHABLE.has(code);
}

const OWN_NAMES = new Set(["Error", "TypeError", "RangeError", "SyntaxError", "AbortError", "TimeoutError"]);

/** The class of an exception, for the log. A service can name its own as it likes, so only what is known here is told. */
export function nameOf({ name }: Error): string {
  return BY_NAME.has(name) || OWN_NAMES.has(name) ? name : "Unknown";
}

/** HTTP status of a service's error. */
export function statusOf(error: Error): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** The status in AgentCore's report of a container that did not answer with success. */
export function agentStatusOf({ message }: Error): number | undefined {
  const status = /Received error \(([1-5][0-9]{2})\) from runtime/.exec(message)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** Why AgentCore could not start the agent, for the log: all that is told of its text. */
export type StartFailure = "initialization_timeout" | "health_check";

/**
 * AgentCore's words for a start that failed, which are its whole message, with or without the advice: what says more may tell of an agent that
 * has run. https://github.com/aws/bedrock-agentcore-sdk-python/issues/599 has the first with its status, 424; the number of seconds differs. The
 * second ends with the address of a page.
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

/** Why the agent did not start; undefined for any other error. The prompt has then not been run. */
export function startFailureOf(error: unknown): StartFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  // The troubleshooting page has 403 for the same exception: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-troubleshooting.html
  if (statusOf(error) !== 424 && error.name !== "RuntimeClientError") return undefined;
  const message = error.message.trim();
  return START_FAILURES.find(([, words]) => words.test(message))?.[0];
}

/**
 * Names what a runtime that takes another kind of authorization, or not this token, answers; gives any other error back. A SigV4 runtime
 * refuses with 403, a JWT runtime with 401; the mismatch has a text of its own (https://github.com/aws/agentcore-cli/issues/714).
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

/** The catalogue code for whatever a call of the agent threw. */
export function codeOf(error: unknown, deadline: AbortSignal): ErrorCode {
  if (error instanceof ClientTooSlow) return "CLIENT_TOO_SLOW";
  // A passed deadline and a dead agent throw the same error; only the signal tells them apart.
  if (deadline.aborted) return "AGENT_TIMEOUT";
  if (!(error instanceof Error)) return "INTERNAL";
  if (neverArrived(error)) return "AGENT_UNAVAILABLE";
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
