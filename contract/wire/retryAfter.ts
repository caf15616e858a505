/** `Retry-After` of the replies with these codes, seconds: the same request can succeed then. */
export const RETRY_AFTER_SECONDS = {
  SESSION_BUSY: 1,
  RATE_LIMITED: 60,
  AGENT_THROTTLED: 5,
  AGENT_UNAVAILABLE: 5,
  SESSIONS_UNAVAILABLE: 5,
  AGENT_START_FAILED: 5,
} as const;
