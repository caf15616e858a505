import { errorBody, ERRORS, type ErrorCode } from "../../contract/wire/errors";

/** The operations of the contract. */
export type Operation = "invoke" | "stop" | "health";

const BOTH: readonly Operation[] = ["invoke", "stop"];
const INVOKE: readonly Operation[] = ["invoke"];
const STOP: readonly Operation[] = ["stop"];

/** The operations that answer with a code. None: the code answers other paths or methods, or a direct invocation of the function. */
const OPERATIONS_OF: Readonly<Record<ErrorCode, readonly Operation[]>> = {
  INVALID_BODY: INVOKE,
  UNSAFE_JSON: INVOKE,
  INVALID_SESSION_ID: BOTH,
  FIELD_NOT_ALLOWED: INVOKE,
  FIELD_INVALID: INVOKE,
  INVALID_HEADER: INVOKE,
  SENSITIVE_DATA: INVOKE,
  INVALID_EVENT: [],
  HOOK_REFUSED: INVOKE,
  HOOK_FAILED: INVOKE,
  HOOK_TIMEOUT: INVOKE,
  TOKEN_MISSING: BOTH,
  TOKEN_REFUSED: BOTH,
  UNAUTHORIZED: BOTH,
  ACCESS_DENIED: BOTH,
  REQUEST_BLOCKED: ["invoke", "stop", "health"],
  CALLER_UNKNOWN: BOTH,
  CALLER_NAME_INVALID: INVOKE,
  NOT_FOUND: STOP,
  AGENT_NOT_FOUND: BOTH,
  SESSION_NOT_FOUND: STOP,
  METHOD_NOT_ALLOWED: [],
  SESSION_BUSY: BOTH,
  BODY_TOO_LARGE: INVOKE,
  PROMPT_TOO_LARGE: INVOKE,
  UNSUPPORTED_MEDIA_TYPE: INVOKE,
  RATE_LIMITED: ["invoke", "stop", "health"],
  AGENT_THROTTLED: BOTH,
  INTERNAL: ["invoke", "stop", "health"],
  AUTHORIZER_FAILURE: BOTH,
  AGENT_ERROR: BOTH,
  AGENT_INPUT_INVALID: INVOKE,
  AGENT_REFUSED: BOTH,
  RUNTIME_WANTS_OAUTH: BOTH,
  RUNTIME_WANTS_SIGV4: BOTH,
  ANSWER_TOO_LARGE: INVOKE,
  ANSWER_NOT_TEXT: INVOKE,
  STREAM_TOO_LARGE: INVOKE,
  REDACTION_TIMEOUT: INVOKE,
  AGENT_UNAVAILABLE: BOTH,
  SESSIONS_UNAVAILABLE: BOTH,
  AGENT_START_FAILED: INVOKE,
  AGENT_TIMEOUT: BOTH,
  CLIENT_TOO_SLOW: INVOKE,
};

/** The error responses of an operation by status, and one for all that the services in front answer by themselves. */
export function errorResponses(operation: Operation): Record<string, object> {
  const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => OPERATIONS_OF[code].includes(operation));
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].sort((a, b) => a - b);
  const byStatus = statuses.map((status) => {
    const own = codes.filter((code) => ERRORS[code].status === status);
    return [String(status), errorResponse(own)] as const;
  });
  return { ...Object.fromEntries(byStatus), default: { $ref: "#/components/responses/GatewayError" } };
}

function errorResponse(codes: readonly ErrorCode[]): object {
  const retries = codes.some((code) => "retryAfterSeconds" in ERRORS[code]);
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].message}`).join(" "),
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      ...(retries && { "Retry-After": { $ref: "#/components/headers/RetryAfter" } }),
    },
    content: {
      "application/json": {
        schema: { $ref: "#/components/schemas/Error" },
        examples: Object.fromEntries(
          codes.map((code) => [code, { value: errorBody({ code }, "7ce89b2d-82f9-485a-9d22-71e250e8a4f5") }]),
        ),
      },
    },
  };
}
