import type { ErrorCode } from "../contract/errors";

/**
 * Exceptions of InvokeAgentRuntime by name. The first three are the door's own misconfiguration: the caller can do nothing.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html#API_InvokeAgentRuntime_Errors
 */
const BY_NAME: Readonly<Record<string, ErrorCode>> = {
  AccessDeniedException: "AGENT_REFUSED",
  ResourceNotFoundException: "AGENT_REFUSED",
  ValidationException: "AGENT_REFUSED",
  UnauthorizedException: "AGENT_REFUSED",
  RetryableConflictException: "SESSION_BUSY",
  RuntimeClientError: "AGENT_ERROR",
  InternalServerException: "AGENT_ERROR",
  ServiceQuotaExceededException: "AGENT_UNAVAILABLE",
  ThrottlingException: "AGENT_THROTTLED",
};

/** Socket errors of an agent endpoint that could not be reached at all. */
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "ETIMEDOUT"]);

/** The catalogue code for whatever a call of the agent threw. */
export function codeOf(error: unknown, deadline: AbortSignal): ErrorCode {
  // A passed deadline and a dead agent throw the same error; only the signal tells them apart.
  if (deadline.aborted) return "AGENT_TIMEOUT";
  if (!(error instanceof Error)) return "INTERNAL";
  const known = BY_NAME[error.name];
  if (known) return known;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && UNREACHABLE.has(code)) return "AGENT_UNAVAILABLE";
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === 504) return "AGENT_TIMEOUT";
  return code === "ECONNRESET" || status !== undefined ? "AGENT_ERROR" : "INTERNAL";
}
