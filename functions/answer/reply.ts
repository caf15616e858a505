import type { Usage } from "../../contract/wire/dialects/said";
import { errorBody, ERRORS, type ErrorCode, type Refusal } from "../../contract/wire/errors";
import { CACHE_CONTROL, JSON_TYPE, REQUEST_ID_HEADER, SESSION_HEADER } from "../../contract/wire/headers";
import type { Agent } from "../agent/agent";
import { collect } from "./collect";
import { AgentFailed, AnswerTooLarge } from "./collectedEvents";
import { codeOf } from "../agent/failure";
import type { Decision } from "../request/decision";
import type { Run } from "../handler/run";
import { speechOf } from "./speech";

/** A complete reply. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly code?: ErrorCode;
  readonly cause?: unknown;
  /** Tokens, if the agent reported them. */
  readonly usage?: Usage | undefined;
  /** Events of an unknown shape that were dropped, if the client gets only text. */
  readonly dropped?: number | undefined;
}

/** Headers of every reply, streamed or not. */
export function replyHeaders(
  { requestId, cors }: Run,
  contentType: string,
  sessionId?: string,
): Record<string, string> {
  return {
    "Content-Type": contentType,
    "Cache-Control": CACHE_CONTROL,
    "X-Content-Type-Options": "nosniff",
    [REQUEST_ID_HEADER]: requestId,
    ...(sessionId !== undefined && { [SESSION_HEADER]: sessionId }),
    ...cors,
  };
}

/** The reply for a refusal. Only possible before the first byte. */
export function errorReply(run: Run, refusal: Refusal, cause?: unknown, allow?: string): Reply {
  const { status, retryAfterSeconds } = ERRORS[refusal.code];
  return {
    statusCode: status,
    headers: {
      ...replyHeaders(run, JSON_TYPE),
      ...(allow !== undefined && { Allow: allow }),
      ...(status === 401 && { "WWW-Authenticate": "Bearer" }),
      ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
    },
    body: JSON.stringify(errorBody(refusal, run.requestId)),
    code: refusal.code,
    cause,
  };
}

/** Executes a decision and returns the complete reply. The buffered door always sends one; a streaming door does on demand. */
export async function wholeReply(decision: Decision, agent: Agent, run: Run): Promise<Reply> {
  if (decision.kind === "error") return errorReply(run, decision.refusal, decision.cause, decision.allow);
  if (decision.kind === "health") return jsonReply(run, JSON.stringify({ status: "ok" }));
  const { sessionId } = decision;
  try {
    if (decision.kind === "stop") {
      await agent.stop(decision.target, run);
      return jsonReply(run, JSON.stringify({ session_id: sessionId, status: "stopped" }), sessionId);
    }
    const speech = await speechOf(decision.reading);
    const answer = await agent.invoke(decision.call, run);
    run.firstByteAt = Date.now();
    const { body, usage, dropped } = await collect(answer, sessionId, speech);
    return { ...jsonReply(run, body, sessionId), usage, dropped };
  } catch (cause) {
    if (cause instanceof AnswerTooLarge) return errorReply(run, { code: "ANSWER_TOO_LARGE" }, cause);
    if (cause instanceof AgentFailed) return errorReply(run, { code: "AGENT_ERROR" }, cause);
    const code = codeOf(cause, run.deadline);
    // AgentCore gives the same error for an ended session and for an unknown runtime.
    const gone = decision.kind === "stop" && cause instanceof Error && cause.name === "ResourceNotFoundException";
    return errorReply(run, { code: gone ? "SESSION_NOT_FOUND" : code }, cause);
  }
}

function jsonReply(run: Run, body: string, sessionId?: string): Reply {
  return { statusCode: 200, headers: replyHeaders(run, JSON_TYPE, sessionId), body };
}
