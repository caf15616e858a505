import { BUFFERED_INTEGRATION_SECONDS, LAMBDA_TIMEOUT_SECONDS, STREAM_INTEGRATION_SECONDS } from "./limits";

/** Every timeout of one door, from the caller's side to the agent's. */
export interface Timeouts {
  /** `timeoutMilliseconds` of the REST integration. */
  readonly integrationMs: number;
  /** `timeout` of the function, seconds. */
  readonly lambdaSeconds: number;
  /** What the handler keeps of its remaining time to end the answer itself, milliseconds. */
  readonly marginMs: number;
}

/** Least time that a door can be given, seconds: below it the margin eats the agent's share. */
export const MIN_DURATION_SECONDS = 5;

/** Most time that a buffered door can be given where the account's quota was not raised, seconds. */
export const MAX_BUFFERED_SECONDS = BUFFERED_INTEGRATION_SECONDS;

/** Most time that a streaming door can be given, seconds. */
export const MAX_STREAMING_SECONDS = Math.min(LAMBDA_TIMEOUT_SECONDS, STREAM_INTEGRATION_SECONDS);

// The gateway's clock starts before a cold function's does, so a buffered door keeps more in hand.
const MARGIN_MS = { buffered: 2_000, streaming: 1_000 } as const;

/**
 * All timeouts of a door from one number: agent deadline < Lambda timeout = integration timeout.
 * Equal, because a shorter function truncates and a longer one is billed after the gateway has given up.
 *
 * @param kind whether the answer is collected or streamed
 * @param maxDurationSeconds the longest answer, whole seconds
 */
export function timeouts(kind: "buffered" | "streaming", maxDurationSeconds: number): Timeouts {
  return { integrationMs: maxDurationSeconds * 1000, lambdaSeconds: maxDurationSeconds, marginMs: MARGIN_MS[kind] };
}
