/** How long the function may still run, as Lambda's context says it. */
export interface Clock {
  getRemainingTimeInMillis(): number;
}

/**
 * A signal that fires `marginMs` before Lambda would kill the function. The handler never hears that its client has
 * left, so this bound is the only one on what a run costs.
 */
export function deadline(clock: Clock, marginMs: number): AbortSignal {
  return AbortSignal.timeout(Math.max(0, clock.getRemainingTimeInMillis() - marginMs));
}
