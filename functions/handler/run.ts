import type { Context } from "aws-lambda";
import { NoTimeLeft } from "../agent/failure";

/** One request on its way through the handler: its limits, and what is noted of it for the log. */
export interface Run {
  readonly requestId: string;
  readonly startedAt: number;
  /**
   * Fires before Lambda would kill the function. The handler never hears that its client has left, so this
   * is the only bound on what a run costs.
   */
  readonly deadline: AbortSignal;
  /** The same on the clock of `performance.now()`: a timer fires late when the process is busy. */
  readonly deadlineAt: number;
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
  const timeMs = Math.max(0, context.getRemainingTimeInMillis() - marginMs);
  return {
    requestId: context.awsRequestId,
    startedAt: Date.now(),
    deadline: AbortSignal.timeout(timeMs),
    deadlineAt: performance.now() + timeMs,
    cors,
    attempts: 0,
  };
}

/** Shortest time in which an agent can be called and answer, milliseconds. */
const SHORTEST_CALL_MS = 50;

/** @throws NoTimeLeft when the deadline has passed or is so near that an answer cannot come before it: a prompt would run for nobody */
export function assertTimeLeft({ deadline, deadlineAt }: Run): void {
  if (deadline.aborted || performance.now() > deadlineAt - SHORTEST_CALL_MS) throw new NoTimeLeft();
}
