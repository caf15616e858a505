import type { Refusal } from "./errors";
import { iJsonError, readJson } from "./iJson";
import { isSessionId } from "./sessionId";
import { MAX_BODY_BYTES } from "../aws/limits";

/** A valid body of `POST /invoke`. */
export interface InvokeRequest {
  /** The caller's id of the session; undefined starts a new session. */
  readonly sessionId: string | undefined;
  /** All fields for the agent: `prompt` and every other field except `session_id`. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * JSON Schema draft 4, the format of API Gateway models. The handler validates `session_id`, because its error can name the rule. API Gateway
 * has one error for everything that a model finds.
 */
export const INVOKE_MODEL = {
  $schema: "http://json-schema.org/draft-04/schema#",
  title: "InvokeRequest",
  type: "object",
  required: ["prompt"],
  properties: { prompt: { type: "string", minLength: 1 } },
} as const;

/** The refusal of a body with more than these bytes. */
export function bodyTooLarge(maxBytes: number): Refusal {
  return { code: "BODY_TOO_LARGE", detail: `It accepts ${maxBytes} bytes.` };
}

/**
 * Reads a body of `POST /invoke`.
 *
 * @param body the received bytes
 * @param maxBytes the largest body
 * @returns the request, or the first reason to refuse it
 */
export function parseInvokeRequest(body: Uint8Array, maxBytes = MAX_BODY_BYTES): InvokeRequest | Refusal {
  if (body.byteLength > maxBytes) return bodyTooLarge(maxBytes);
  const document = readJson(body);
  const value = document?.value;
  if (!document || typeof value !== "object" || value === null || Array.isArray(value)) return { code: "INVALID_BODY" };
  const { session_id: sessionId, ...payload } = value as Record<string, unknown>;
  // Only a string: an array or an object could contain tool-use blocks for the agent's model.
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-security-best-practices.html
  if (typeof payload["prompt"] !== "string" || payload["prompt"] === "") return { code: "INVALID_BODY" };
  const reason = iJsonError(document);
  if (reason !== undefined) return { code: "UNSAFE_JSON", detail: reason };
  // Clients write null for a field that they do not set.
  if (sessionId === undefined || sessionId === null) return { sessionId: undefined, payload };
  return isSessionId(sessionId) ? { sessionId, payload } : { code: "INVALID_SESSION_ID" };
}
