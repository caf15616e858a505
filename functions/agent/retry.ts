import { setTimeout as sleep } from "node:timers/promises";
import type { ErrorCode } from "../../contract/wire/errors";
import { codeOf, neverArrived } from "./failure";

/** Attempts at the most, the first one among them. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 400;

/** What AgentCore refuses before the agent starts: the prompt has not been run. */
const REFUSED_BEFORE_START: ReadonlySet<ErrorCode> = new Set(["SESSION_BUSY", "AGENT_THROTTLED"]);

/** A start that failed takes AgentCore half a minute and more: one more try, and no third. */
const RESTARTS = 1;

/**
 * Calls again only where the prompt cannot have reached the agent: a connection that was never made, a conflict while the session
 * is being provisioned, a throttle, a start that failed (once). A prompt is never silently run twice.
 *
 * @param onAttempt the number of each attempt, from 1, before it is made; what it throws ends the attempts
 * @throws what the last attempt threw
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  deadline: AbortSignal,
  onAttempt: (attempt: number) => void,
): Promise<T> {
  let restarts = 0;
  for (let attempt = 1; ; attempt++) {
    onAttempt(attempt);
    try {
      return await call();
    } catch (error) {
      const code = codeOf(error, deadline);
      const safe =
        neverArrived(error) ||
        REFUSED_BEFORE_START.has(code) ||
        (code === "AGENT_START_FAILED" && ++restarts <= RESTARTS);
      if (!safe || attempt === ATTEMPTS) throw error;
      // Full jitter: callers that were refused together must not come back together.
      const pause = Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1);
      const elapsed = await sleep(pause, true, { signal: deadline }).catch(() => false);
      if (!elapsed) throw error;
    }
  }
}
