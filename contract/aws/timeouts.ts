import { BUFFERED_INTEGRATION_SECONDS, LAMBDA_TIMEOUT_SECONDS, STREAM_INTEGRATION_SECONDS } from "./limits";

/** All timeouts of one door, in the order from the caller to the agent. */
export interface Timeouts {
  /** `timeoutMilliseconds` of the REST integration. */
  readonly integrationMs: number;
  /** `timeout` of the function, seconds. */
  readonly lambdaSeconds: number;
  /** Time that the handler reserves to end the answer before its own timeout, milliseconds. */
  readonly marginMs: number;
}

/** Shortest `maxDurationSeconds` of a door. With less, the margin would leave too little time for the agent. */
export const MIN_DURATION_SECONDS = 5;

/** Longest `maxDurationSeconds` of a buffered door with the default quota of the account. */
export const MAX_BUFFERED_SECONDS = BUFFERED_INTEGRATION_SECONDS;

/** Longest `maxDurationSeconds` of a streaming door. */
export const MAX_STREAMING_SECONDS = Math.min(LAMBDA_TIMEOUT_SECONDS, STREAM_INTEGRATION_SECONDS);

// The integration timeout of API Gateway starts before a cold function does, so a buffered door needs a larger margin.
const MARGIN_MS = { buffered: 2_000, streaming: 1_000 } as const;

/**
 * Computes all timeouts of a door from one number: agent deadline < Lambda timeout = integration timeout. The last two are equal, because a
 * shorter Lambda timeout would truncate answers, and a longer one would be billed after API Gateway has stopped waiting.
 *
 * @param kind whether the answer is buffered or streamed
 * @param maxDurationSeconds the longest answer, whole seconds
 */
export function timeouts(kind: "buffered" | "streaming", maxDurationSeconds: number): Timeouts {
  return { integrationMs: maxDurationSeconds * 1000, lambdaSeconds: maxDurationSeconds, marginMs: MARGIN_MS[kind] };
}
