import { errorBody, ERRORS, type ErrorCode } from "../contract/errors";
import { JSON_TYPE, REQUEST_ID_HEADER, SESSION_HEADER } from "../contract/headers";
import type { AgentAnswer } from "./agent";
import { AgentFailed, AnswerTooLarge, collect } from "./collect";
import { codeOf } from "./failure";
import type { Outcome } from "./pipeline";

/** A whole reply. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly code?: ErrorCode;
  readonly cause?: unknown;
}

/** Headers of every reply, streamed or not. */
export function replyHeaders(requestId: string, contentType: string, sessionId?: string): Record<string, string> {
  return {
    "Content-Type": contentType,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    [REQUEST_ID_HEADER]: requestId,
    ...(sessionId !== undefined && { [SESSION_HEADER]: sessionId }),
  };
}

/** The reply for a catalogue code, before the first byte. */
export function errorReply(requestId: string, code: ErrorCode, cause?: unknown, allow?: string): Reply {
  return {
    statusCode: ERRORS[code].status,
    headers: { ...replyHeaders(requestId, JSON_TYPE), ...(allow !== undefined && { Allow: allow }) },
    body: JSON.stringify(errorBody(code, requestId)),
    code,
    cause,
  };
}

/** Any outcome as a whole reply: what the buffered door always sends, and a streaming door on demand. */
export async function wholeReply(outcome: Outcome, requestId: string, deadline: AbortSignal): Promise<Reply> {
  switch (outcome.kind) {
    case "error":
      return errorReply(requestId, outcome.code, outcome.cause, outcome.allow);
    case "health":
      return { statusCode: 200, headers: replyHeaders(requestId, JSON_TYPE), body: JSON.stringify({ status: "ok" }) };
    case "answer":
      return await collected(outcome.answer, outcome.sessionId, requestId, deadline);
  }
}

async function collected(
  answer: AgentAnswer,
  sessionId: string,
  requestId: string,
  deadline: AbortSignal,
): Promise<Reply> {
  try {
    const body = await collect(answer, sessionId);
    return { statusCode: 200, headers: replyHeaders(requestId, JSON_TYPE, sessionId), body };
  } catch (cause) {
    if (cause instanceof AnswerTooLarge) return errorReply(requestId, "ANSWER_TOO_LARGE", cause);
    if (cause instanceof AgentFailed) return errorReply(requestId, "AGENT_ERROR", cause);
    return errorReply(requestId, codeOf(cause, deadline), cause);
  }
}
