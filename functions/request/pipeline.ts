import { DEFAULT_AGENT } from "../../contract/runtime/agents";
import type { DoorPolicy } from "../../contract/runtime/doorPolicy";
import type { Refusal } from "../../contract/wire/errors";
import { asksForJson, asksForText, JSON_TYPE, mediaType } from "../../contract/wire/headers";
import { parseInvokeRequest } from "../../contract/wire/request";
import { isSessionId } from "../../contract/wire/sessionId";
import type { Target } from "../agent/agent";
import { agentsCaller } from "../agent/agentsCaller";
import type { Redact, RedactionCounts } from "./redact/redact";
import type { Decision } from "./decision";
import type { DoorRequest } from "./request";
import { agentFor, endpointOf, routed, type Routes } from "./route";
import { CHOSEN_IDS, runtimeSessionId } from "./caller/session";
import { bearerToken, tokenSubject } from "./caller/token";
import { traceOf } from "../agent/trace";
import type { SchemaCheck } from "./schema/check";
import { customHeaders, payloadRefusal, renamed, withHeaderFields } from "./translate";

/** The stack's settings for requests, ready for use. */
export interface Rules {
  readonly policy: DoorPolicy;
  readonly redact: Redact;
  /** The stack's schema of the body, if it has one. */
  readonly schema?: SchemaCheck | undefined;
  readonly routes: Routes;
  /** Whether callers may stop their sessions. */
  readonly stopSession: boolean;
}

const SESSION_PATH = /^\/sessions\/([^/]+)$/;

/** @param remainingMs time that is left for the request, milliseconds */
export type Decide = (
  request: DoorRequest | undefined,
  rules: Rules,
  remainingMs: number,
) => Decision | Promise<Decision>;

/**
 * Routes, validates and translates a request. It is the same at every door and does no I/O.
 *
 * @param remainingMs time that is left for the request, milliseconds
 */
export function decide(request: DoorRequest | undefined, rules: Rules, remainingMs: number): Decision {
  if (!request) return refused({ code: "INVALID_EVENT" });
  const { agent, path } = routed(request.path);
  const session = SESSION_PATH.exec(path)?.[1];
  if (session !== undefined && rules.stopSession) {
    return only("DELETE", request, () => forKnownCaller(request, () => stop(request, agent, session, rules)));
  }
  // The answer contains no caller's data, so the caller may be unknown.
  if (path === "/health") return only("GET", request, () => ({ kind: "health" }));
  if (path === "/invoke") {
    return only("POST", request, () => forKnownCaller(request, () => invoke(request, agent, rules, remainingMs)));
  }
  return refused({ code: "NOT_FOUND" });
}

function refused(refusal: Refusal, more: { allow?: string; redactions?: RedactionCounts } = {}): Decision {
  return { kind: "error", refusal, ...more };
}

function only(allow: string, { method }: DoorRequest, then: () => Decision): Decision {
  return method === allow ? then() : refused({ code: "METHOD_NOT_ALLOWED" }, { allow });
}

/**
 * A session belongs to a caller. Without a verified caller, all such callers would share their sessions, unless each has only the ids issued to
 * it.
 */
function forKnownCaller({ caller, ids }: DoorRequest, then: () => Decision): Decision {
  return (caller ?? ids) ? then() : refused({ code: "CALLER_UNKNOWN" });
}

function stop(request: DoorRequest, agent: string | undefined, sessionId: string, rules: Rules): Decision {
  if (!isSessionId(sessionId)) return refused({ code: "INVALID_SESSION_ID" });
  if (!(request.ids ?? CHOSEN_IDS).opens(sessionId)) return refused({ code: "SESSION_NOT_FOUND" });
  const target = targetOf(request, agent, sessionId, rules);
  return "code" in target ? refused(target) : { kind: "stop", sessionId, target };
}

function invoke(request: DoorRequest, agent: string | undefined, rules: Rules, remainingMs: number): Decision {
  const { policy, redact, schema } = rules;
  const contentType = request.header("content-type");
  // API Gateway's validator treats a missing type as JSON, so every door does.
  if (contentType !== undefined && mediaType(contentType) !== JSON_TYPE) {
    return refused({ code: "UNSUPPORTED_MEDIA_TYPE" });
  }
  const body = parseInvokeRequest(request.body, policy.maxBodyBytes);
  if ("code" in body) return refused(body);
  const { opens, issue } = request.ids ?? CHOSEN_IDS;
  const sessionId = body.sessionId !== undefined && opens(body.sessionId) ? body.sessionId : issue();
  const target = targetOf(request, agent, sessionId, rules);
  if ("code" in target) return refused(target);
  const custom = customHeaders(request, policy.headerMap);
  if ("code" in custom) return refused(custom);
  const caller = agentsCaller(request, policy);
  if ("code" in caller) return refused(caller);
  const given = withHeaderFields(body.payload, request, policy.headerFields);
  const refusal = payloadRefusal(body.payload, policy.payload) ?? schema?.(given);
  if (refusal) return refused(refusal);
  const { result, counts } = redact(given, remainingMs);
  if ("code" in result) return refused(result, { redactions: counts });
  const payload = renamed(result.payload, policy.payload);
  return {
    kind: "invoke",
    sessionId,
    call: {
      ...target,
      payload,
      // The caller comes last: a mapped header never replaces it.
      headers: { ...custom.headers, ...caller.header },
      ...(caller.userId !== undefined && { userId: caller.userId }),
    },
    reading: {
      dialect: target.dialect,
      // A client can ask for less than the stack allows, never for more.
      textOnly: policy.events === "text" || asksForText(request.header("accept")),
      passErrors: policy.agentErrors === "pass",
    },
    collect: asksForJson(request.header("accept")),
    redactions: counts,
  };
}

/** The session, agent, trace and token of a request. It uses nothing that a caller can forge. */
function targetOf(
  request: DoorRequest,
  agent: string | undefined,
  handle: string,
  { policy: { runtimeAuth }, routes }: Rules,
): Target | Refusal {
  const route = agentFor(routes, agent);
  if ("code" in route) return route;
  const token = runtimeAuth === "oauth" ? bearerToken(request) : undefined;
  if (runtimeAuth === "oauth" && token === undefined) return { code: "TOKEN_MISSING" };
  const subject = token === undefined ? undefined : tokenSubject(token);
  const session = runtimeSessionId(request.caller, subject, handle, agent);
  return {
    agent: agent ?? DEFAULT_AGENT,
    endpoint: endpointOf(route, session),
    runtimeSessionId: session,
    trace: traceOf(request, process.env["_X_AMZN_TRACE_ID"]),
    ...(token !== undefined && { token }),
    ...(route.dialect !== undefined && { dialect: route.dialect }),
  };
}
