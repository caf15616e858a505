import type { ErrorCode } from "../contract/errors";
import { EVENT_STREAM, JSON_TYPE, mediaType } from "../contract/headers";
import { parseInvokeRequest } from "../contract/request";
import type { AgentAnswer, InvokeAgent } from "./agent";
import { codeOf } from "./failure";
import type { DoorRequest } from "./request";
import { newSessionId, runtimeSessionId } from "./session";

/** What the pipeline has found out; each door turns it into bytes in its own way. */
export type Outcome =
  | { readonly kind: "error"; readonly code: ErrorCode; readonly cause?: unknown; readonly allow?: string }
  | { readonly kind: "health" }
  | { readonly kind: "answer"; readonly sessionId: string; readonly answer: AgentAnswer; readonly collect: boolean };

const ROUTES: ReadonlyMap<string, string> = new Map([
  ["/invoke", "POST"],
  ["/health", "GET"],
]);

/**
 * Route, validate, open the session, call the agent: the same steps at every door. Resolves when the agent's headers
 * have arrived; nothing is thrown.
 *
 * @param deadline aborts the agent's call
 */
export async function answer(request: DoorRequest, invoke: InvokeAgent, deadline: AbortSignal): Promise<Outcome> {
  const allow = ROUTES.get(request.path);
  if (allow === undefined) return { kind: "error", code: "NOT_FOUND" };
  if (request.method !== allow) return { kind: "error", code: "METHOD_NOT_ALLOWED", allow };
  if (request.path === "/health") return { kind: "health" };

  const contentType = request.header("content-type");
  // API Gateway's validator takes a missing type for JSON, so every door does.
  if (contentType !== undefined && mediaType(contentType) !== JSON_TYPE) {
    return { kind: "error", code: "UNSUPPORTED_MEDIA_TYPE" };
  }
  const body = parseInvokeRequest(request.body);
  if (typeof body === "string") return { kind: "error", code: body };

  const sessionId = body.sessionId ?? newSessionId();
  try {
    const agentAnswer = await invoke({
      payload: body.payload,
      runtimeSessionId: runtimeSessionId(request.caller, sessionId),
      signal: deadline,
    });
    return { kind: "answer", sessionId, answer: agentAnswer, collect: wantsCollected(request.header("accept")) };
  } catch (cause) {
    return { kind: "error", code: codeOf(cause, deadline), cause };
  }
}

function wantsCollected(accept: string | undefined): boolean {
  const types = (accept ?? "").split(",").map(mediaType);
  return types.includes(JSON_TYPE) && !types.includes(EVENT_STREAM);
}
