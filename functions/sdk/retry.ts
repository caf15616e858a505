/**
 * Replaces `@smithy/core/retry` in the bundle. The SDK would send a prompt again on any 5xx. functions/agent/retry.ts decides which calls
 * may be repeated, so the SDK's strategies are not needed.
 */
export const RETRY_MODES = { STANDARD: "standard", ADAPTIVE: "adaptive" } as const;
export const DEFAULT_RETRY_MODE = RETRY_MODES.STANDARD;
export const NODE_MAX_ATTEMPT_CONFIG_OPTIONS = {};
export const NODE_RETRY_MODE_CONFIG_OPTIONS = {};
export const resolveRetryConfig = <T>(config: T): T => config;

/** Keep this name: the SDK places its signer relative to it. */
const NOTHING = { name: "retryMiddleware", step: "finalizeRequest", priority: "high", override: true } as const;

interface Stack {
  add(middleware: <Next>(next: Next) => Next, options: typeof NOTHING): void;
}

export const getRetryPlugin = () => ({
  applyToStack: (stack: Stack) => {
    stack.add((next) => next, NOTHING);
  },
});
