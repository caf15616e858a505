import type { Context } from "aws-lambda";
import { LAMBDA_TIMEOUT_SECONDS } from "../../contract/aws/limits";
import { NoTimeLeft } from "../agent/failure";

/** The state of one request: its limits, and values for the log. */
export interface Run {
  readonly requestId: string;
  readonly startedAt: number;
  /**
   * Fires before Lambda would stop the function. Lambda does not report that a client has left, so this is the only limit on the cost of a
   * run.
   */
  readonly deadline: AbortSignal;
  /** The deadline on the clock of `performance.now()`. A timer is late when the process is busy. */
  readonly deadlineAt: number;
  /** CORS headers of every answer. */
  readonly cors: Readonly<Record<string, string>>;
  /** Number of calls of the agent so far. */
  attempts: number;
  /** When the agent's first byte was available, milliseconds since the epoch. */
  firstByteAt?: number;
}

export type LambdaContext = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** @param marginMs the part of the function's time that is reserved to end the answer */
export function startRun(context: LambdaContext, marginMs: number, cors: Run["cors"]): Run {
  const timeMs = timeLeft(context.getRemainingTimeInMillis() - marginMs);
  return {
    requestId: context.awsRequestId,
    startedAt: Date.now(),
    deadline: AbortSignal.timeout(timeMs),
    deadlineAt: performance.now() + timeMs,
    cors,
    attempts: 0,
  };
}

/** Whole milliseconds, which a timer needs. A value that is not a number is not a time: a prompt without a limit would never end. */
function timeLeft(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.floor(Math.min(Math.max(0, ms), LAMBDA_TIMEOUT_SECONDS * 1000));
}

/** Shortest time in which an agent can answer, milliseconds. */
const SHORTEST_CALL_MS = 50;

/** @throws NoTimeLeft if the deadline has passed, or is too near for an answer: the prompt would run for nothing */
export function assertTimeLeft({ deadline, deadlineAt }: Run): void {
  if (deadline.aborted || performance.now() > deadlineAt - SHORTEST_CALL_MS) throw new NoTimeLeft();
}
