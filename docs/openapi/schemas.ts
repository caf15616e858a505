import { MAX_BODY_BYTES } from "../../contract/aws/limits";
import { SESSION_ID_LENGTH } from "../../contract/wire/sessionId";
import { ERRORS } from "../../contract/wire/errors";
import { INVOKE_MODEL } from "../../contract/wire/request";

const { type, required, properties } = INVOKE_MODEL;

/** The bodies of the contract, as JSON Schema 2020-12. */
export const SCHEMAS = {
  SessionId: {
    type: "string",
    pattern: "^[A-Za-z0-9_-]+$",
    minLength: SESSION_ID_LENGTH.min,
    maxLength: SESSION_ID_LENGTH.max,
  },
  InvokeRequest: {
    type,
    required,
    description: `At most ${String(MAX_BODY_BYTES)} bytes of I-JSON, unless the stack sets another \`maxBodyBytes\`. Every other field reaches the agent under its name, subject to the stack's \`payload\`.`,
    properties: {
      ...properties,
      session_id: {
        description:
          "The session to go on with, as an earlier answer named it. Without it, or null, a new session starts.",
        anyOf: [{ $ref: "#/components/schemas/SessionId" }, { type: "null" }],
      },
    },
    additionalProperties: true,
  },
  CollectedAnswer: {
    type: "object",
    required: ["session_id", "response", "content_type"],
    properties: {
      session_id: { $ref: "#/components/schemas/SessionId" },
      response: {
        description: "The text of the answer; the events, if none has a text; a JSON answer as the agent wrote it.",
      },
      content_type: { type: "string", description: "The agent's content type." },
      encoding: { const: "base64", description: "Present if `response` has bytes that are no text." },
      usage: {
        type: "object",
        description: "Tokens, if the agent's events report them.",
        required: ["input_tokens", "output_tokens"],
        properties: { input_tokens: { type: "integer" }, output_tokens: { type: "integer" } },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
  StoppedSession: {
    type: "object",
    required: ["session_id", "status"],
    properties: { session_id: { $ref: "#/components/schemas/SessionId" }, status: { const: "stopped" } },
    additionalProperties: false,
  },
  Health: {
    type: "object",
    required: ["status"],
    properties: { status: { const: "ok" } },
    additionalProperties: false,
  },
  ErrorCode: {
    description: "A code of the door. API Gateway's own errors have its names, such as `THROTTLED`.",
    anyOf: [{ enum: Object.keys(ERRORS) }, { type: "string", pattern: "^[A-Z0-9_]+$" }],
  },
  Error: {
    type: "object",
    required: ["error"],
    properties: {
      error: {
        type: "object",
        required: ["code", "message", "request_id"],
        properties: {
          code: { $ref: "#/components/schemas/ErrorCode" },
          message: { type: "string" },
          request_id: { type: "string", description: "For the operator; it is in the function's log." },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
} as const;
