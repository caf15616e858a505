import type { ErrorCode } from "../contract/errors";
import type { DoorRequest } from "./request";

/** One finished request, for the log. */
export interface Finished {
  readonly requestId: string;
  readonly status: number;
  readonly code?: ErrorCode | undefined;
  readonly cause?: unknown;
  readonly bytes: number;
  readonly startedAt: number;
}

/**
 * One JSON line a request. It never holds the prompt, the answer, a header or a message: an exception's text can
 * quote any of them, so only its class is named.
 */
export function logRequest(door: string, request: DoorRequest, finished: Finished): void {
  const { requestId, status, code, cause, bytes, startedAt } = finished;
  const line = {
    level: status >= 500 || cause !== undefined ? "ERROR" : "INFO",
    message: "request",
    request_id: requestId,
    door,
    method: request.method,
    caller: request.caller?.kind ?? "none",
    status,
    code,
    cause: cause instanceof Error ? cause.name : undefined,
    bytes,
    duration_ms: Date.now() - startedAt,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
