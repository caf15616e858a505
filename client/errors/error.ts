import type { Code } from "./codes";

export interface ErrorParts {
  readonly code: Code;
  /** What happened, without the remedy. */
  readonly what: string;
  readonly remedy: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** Every failure of a question: the door's or the agent's error, a proxy's answer, a connection that broke off, an abort. */
export class FrontDoorError extends Error {
  readonly code: Code;
  /** What to do. It is also the end of `message`. */
  readonly remedy: string;
  /** HTTP status; undefined if the error is within an answer, or if there is no answer. */
  readonly status: number | undefined;
  /** Id of the request in the log of the door, or of the service in front of it that answered. */
  readonly requestId: string | undefined;
  /** Seconds after which the same question can succeed; undefined if a wait does not help. */
  readonly retryAfter: number | undefined;

  constructor({ code, what, remedy, status, requestId, retryAfter, cause }: ErrorParts) {
    super(`${what} ${remedy}`.trim(), cause === undefined ? undefined : { cause });
    this.name = "FrontDoorError";
    this.code = code;
    this.remedy = remedy;
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}
