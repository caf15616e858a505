import type { Refusal } from "./errors";
import { iJsonFault, readJson } from "./iJson";
import { MAX_BODY_BYTES, SESSION_ID_LENGTH } from "../aws/limits";

/** A valid body of `POST /invoke`. */
export interface InvokeRequest {
  /** The caller's handle of the conversation; undefined asks for a new one. */
  readonly sessionId: string | undefined;
  /** What the agent gets: `prompt` and every other field, without `session_id`. */
  readonly payload: Readonly<Record<string, unknown>>;
}

const SESSION_ID = new RegExp(`^[A-Za-z0-9_-]{${SESSION_ID_LENGTH.min},${SESSION_ID_LENGTH.max}}$`);

/**
 * JSON Schema draft 4, as API Gateway models are. `session_id` is left to the handler, whose error names its rule;
 * the gateway has one error for all that a model finds.
 */
export const INVOKE_MODEL = {
  $schema: "http://json-schema.org/draft-04/schema#",
  title: "InvokeRequest",
  type: "object",
  required: ["prompt"],
  properties: { prompt: { type: "string", minLength: 1 } },
} as const;

/** True for a handle that both AgentCore's request and its response take. */
export function isSessionId(value: unknown): value is string {
  return typeof value === "string" && SESSION_ID.test(value);
}

/**
 * Reads a body of `POST /invoke`.
 *
 * @param body the bytes as they arrived
 * @returns the request, or the first thing that is wrong with it
 */
export function parseInvokeRequest(body: Uint8Array): InvokeRequest | Refusal {
  if (body.byteLength > MAX_BODY_BYTES) return { code: "BODY_TOO_LARGE" };
  const document = readJson(body);
  const value = document?.value;
  if (!document || typeof value !== "object" || value === null || Array.isArray(value)) return { code: "INVALID_BODY" };
  const { session_id: sessionId, ...payload } = value as Record<string, unknown>;
  // An array or object could carry tool-use blocks past the model.
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-security-best-practices.html
  if (typeof payload["prompt"] !== "string" || payload["prompt"] === "") return { code: "INVALID_BODY" };
  const fault = iJsonFault(document);
  if (fault !== undefined) return { code: "UNSAFE_JSON", detail: fault };
  if (sessionId !== undefined && !isSessionId(sessionId)) return { code: "INVALID_SESSION_ID" };
  return { sessionId, payload };
}
