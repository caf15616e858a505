/**
 * Stands in for `@smithy/core/retry` in the bundle. The SDK would send a prompt again on any 5xx; which calls may be repeated is decided
 * in functions/agent/retry.ts, so the SDK's own strategies are dead code there.
 */
export const RETRY_MODES = { STANDARD: "standard", ADAPTIVE: "adaptive" } as const;
export const DEFAULT_RETRY_MODE = RETRY_MODES.STANDARD;
export const NODE_MAX_ATTEMPT_CONFIG_OPTIONS = {};
export const NODE_RETRY_MODE_CONFIG_OPTIONS = {};
export const resolveRetryConfig = <T>(config: T): T => config;

/** The name stays: the SDK puts its signer beside it. */
const NOTHING = { name: "retryMiddleware", step: "finalizeRequest", priority: "high", override: true } as const;

interface Stack {
  add(middleware: <Next>(next: Next) => Next, options: typeof NOTHING): void;
}

export const getRetryPlugin = () => ({
  applyToStack: (stack: Stack) => {
    stack.add((next) => next, NOTHING);
  },
});
