import type { Context } from "aws-lambda";

/** One request on its way through the handler: its limits, and what is noted of it for the log. */
export interface Run {
  readonly requestId: string;
  readonly startedAt: number;
  /**
   * Fires before Lambda would kill the function. The handler never hears that its client has left, so this
   * is the only bound on what a run costs.
   */
  readonly deadline: AbortSignal;
  /** CORS headers of whatever is answered. */
  readonly cors: Readonly<Record<string, string>>;
  /** Calls of the agent so far. */
  attempts: number;
  /** When the agent's first byte could go out, milliseconds since the epoch. */
  firstByteAt?: number;
}

export type LambdaContext = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** @param marginMs what the handler keeps of its time to end the answer itself */
export function startRun(context: LambdaContext, marginMs: number, cors: Run["cors"]): Run {
  return {
    requestId: context.awsRequestId,
    startedAt: Date.now(),
    deadline: AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - marginMs)),
    cors,
    attempts: 0,
  };
}
