import { setTimeout as sleep } from "node:timers/promises";
import type { ErrorCode } from "../../contract/wire/errors";
import { codeOf, couldNotConnect } from "./failure";

/** Maximum number of attempts, the first one included. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 400;

/** AgentCore refuses these before the agent starts: the prompt was not run. */
const REFUSED_BEFORE_START: ReadonlySet<ErrorCode> = new Set(["SESSION_BUSY", "AGENT_THROTTLED"]);

/** Retries after a failed start. Each one lasts half a minute or more. */
const RESTARTS = 1;

/**
 * Retries a call only if the prompt cannot have reached the agent: no connection was made, the session is still being provisioned, the call
 * was throttled, or the agent did not start (one retry). A prompt never runs twice.
 *
 * @param onAttempt called before each attempt with its number, from 1; an error that it throws ends the retries
 * @throws the error of the last attempt
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
        couldNotConnect(error) ||
        REFUSED_BEFORE_START.has(code) ||
        (code === "AGENT_START_FAILED" && ++restarts <= RESTARTS);
      if (!safe || attempt === ATTEMPTS) throw error;
      // Full jitter: callers that were refused together must not retry together.
      const pause = Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1);
      const elapsed = await sleep(pause, true, { signal: deadline }).catch(() => false);
      if (!elapsed) throw error;
    }
  }
}
