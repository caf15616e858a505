import { RETRY_AFTER_SECONDS } from "./retryAfter";
import { SESSION_ID_LENGTH } from "./sessionId";
import { CUSTOM_HEADERS, MAX_JSON_DEPTH } from "../aws/limits";

/** One error. The client sees `message` and `remedy` as one text. `status` is the HTTP status, if the error occurs before the first byte. */
export interface CatalogueEntry {
  readonly status: number;
  readonly message: string;
  readonly remedy: string;
  /** `Retry-After` of the reply, seconds. Set only if the client should send the same request again. */
  readonly retryAfterSeconds?: number;
}

const entry = (status: number, message: string, remedy: string, retryAfterSeconds?: number): CatalogueEntry => ({
  status,
  message,
  remedy,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

/**
 * Every error that a door can answer with. The texts are fixed: they contain no ARN, account id, stack trace or data of a caller. `INVALID_BODY`
 * covers everything that the model of the REST doors validates, so that API Gateway and the handler answer with the same error.
 */
export const ERRORS = {
  INVALID_BODY: entry(
    400,
    "The request body is not a JSON object with `prompt`, a non-empty string.",
    'Send for example {"prompt": "Hello"}.',
  ),
  UNSAFE_JSON: entry(
    400,
    "The request body contains JSON that cannot be passed on unchanged.",
    `Use each name once in an object, whole Unicode characters, integers up to 2^53-1 (longer ones as strings), no \`__proto__\`, and at most ${MAX_JSON_DEPTH} levels.`,
  ),
  INVALID_SESSION_ID: entry(
    400,
    `\`session_id\` is not a string of ${SESSION_ID_LENGTH.min} to ${SESSION_ID_LENGTH.max} characters of A-Z a-z 0-9 _ -.`,
    "Send back the `session_id` of an earlier answer, or leave it out to start a new session.",
  ),
  FIELD_NOT_ALLOWED: entry(
    400,
    "The request body has a field that this front door does not pass on.",
    "Leave the field out.",
  ),
  FIELD_INVALID: entry(
    400,
    "A field of the request body does not fit this front door's schema.",
    "Correct the field and send the request again.",
  ),
  INVALID_HEADER: entry(
    400,
    "A header that this front door passes on has a value that it cannot carry.",
    `Send at most ${CUSTOM_HEADERS.valueBytes} printable ASCII characters.`,
  ),
  SENSITIVE_DATA: entry(
    400,
    "The request contains data that this front door does not let through.",
    "Remove it and send the request again.",
  ),
  INVALID_EVENT: entry(
    400,
    "The function was not called by a front door.",
    "Call the door's URL; the function itself accepts no direct invocation.",
  ),
  TOKEN_MISSING: entry(
    401,
    "The request has no bearer token for the agent.",
    "Send `Authorization: Bearer <token>`, or the token in `X-Auth-Token` if `Authorization` has a signature.",
  ),
  TOKEN_REFUSED: entry(
    401,
    "The agent did not accept the bearer token.",
    "Get a fresh token from the issuer and for the audience that the agent trusts, then send the request again.",
  ),
  UNAUTHORIZED: entry(401, "The request has no valid token.", "Sign in and send `X-Auth-Token`."),
  ACCESS_DENIED: entry(403, "The token lacks the scope.", "Sign in with its scope."),
  REQUEST_BLOCKED: entry(
    403,
    "The firewall in front of this door blocked the request.",
    "Report the request id and the `X-Reference` header of this answer.",
  ),
  HOOK_REFUSED: entry(
    403,
    "The front door refused the request.",
    "Change what it says; the same request is refused again.",
  ),
  CALLER_UNKNOWN: entry(
    403,
    "This door cannot tell who calls.",
    "Call with a signature, token or key that is yours alone. Users of a Cognito identity pool call a REST door with IAM authorization, or sign in with a token.",
  ),
  CALLER_NAME_INVALID: entry(
    403,
    "Your verified name is too long for the agent, or is not Unicode.",
    "Call with a shorter name, such as another subject of the token.",
  ),
  NOT_FOUND: entry(404, "This path does not exist.", "Send POST /invoke, DELETE /sessions/{id} or GET /health."),
  AGENT_NOT_FOUND: entry(
    404,
    "There is no such agent behind this front door.",
    "Send POST /agents/{name}/invoke with a name that the operator has given you.",
  ),
  SESSION_NOT_FOUND: entry(
    404,
    "There is no such session, or it has ended.",
    "Nothing is left to stop; leave `session_id` out to start a new session.",
  ),
  METHOD_NOT_ALLOWED: entry(
    405,
    "This path does not take that method.",
    "Send POST to /invoke, DELETE to /sessions/{id} and GET to /health; the `Allow` header names the method.",
  ),
  SESSION_BUSY: entry(
    409,
    "The session is being started or stopped.",
    "Send the request again in a second.",
    RETRY_AFTER_SECONDS.SESSION_BUSY,
  ),
  BODY_TOO_LARGE: entry(
    413,
    "The request body is larger than this front door accepts.",
    "Shorten `prompt` or the other fields of the body.",
  ),
  PROMPT_TOO_LARGE: entry(413, "`prompt` is larger than this front door accepts.", "Shorten `prompt`."),
  UNSUPPORTED_MEDIA_TYPE: entry(
    415,
    "The `Content-Type` of the request is not application/json.",
    "Send the header `Content-Type: application/json`.",
  ),
  RATE_LIMITED: entry(
    429,
    "Too many requests came from this address.",
    "Wait a minute, then send the request again.",
    RETRY_AFTER_SECONDS.RATE_LIMITED,
  ),
  AGENT_THROTTLED: entry(
    429,
    "The agent has too many requests.",
    "Wait a few seconds, then send the request again.",
    RETRY_AFTER_SECONDS.AGENT_THROTTLED,
  ),
  INTERNAL: entry(500, "The front door failed.", "Send the request again; if it fails again, report the `request_id`."),
  HOOK_FAILED: entry(
    500,
    "A hook of the front door failed; the agent was not asked.",
    "Report the `request_id`: the operator finds the cause in the front door's log.",
  ),
  AUTHORIZER_FAILURE: entry(500, "The token's issuer is unavailable.", "Retry in ten seconds."),
  AGENT_ERROR: entry(
    502,
    "The agent failed while it answered.",
    "Send the request again; if it fails again, report the `request_id`: the agent's own log has the cause.",
  ),
  AGENT_INPUT_INVALID: entry(
    502,
    "The agent does not accept this request.",
    "Compare the fields of the body, and what the caller may do, with what the agent expects; the same request fails again.",
  ),
  AGENT_REFUSED: entry(
    502,
    "The agent runtime refused the front door.",
    "Report the `request_id`: the operator finds the cause in the front door's log.",
  ),
  RUNTIME_WANTS_OAUTH: entry(
    502,
    "The agent runtime accepts bearer tokens, but the front door signs with SigV4.",
    "Report this to the operator, who sets `runtimeAuth` to oauth.",
  ),
  RUNTIME_WANTS_SIGV4: entry(
    502,
    "The agent runtime accepts SigV4 signatures, but the front door passes on bearer tokens.",
    "Report this to the operator, who sets `runtimeAuth` to sigv4.",
  ),
  ANSWER_TOO_LARGE: entry(
    502,
    "The answer is larger than a collected reply can carry (6 MB).",
    "Ask for less, or take it as text/event-stream at a streaming door.",
  ),
  STREAM_TOO_LARGE: entry(
    502,
    "The answer is larger than a streaming door can carry (200 MB).",
    "Ask for less at once, or let the agent store the result and answer with its address.",
  ),
  ANSWER_NOT_TEXT: entry(
    502,
    "The answer is not a text, and came after the event stream had begun.",
    "Send `Accept: application/json`.",
  ),
  REDACTION_TIMEOUT: entry(
    503,
    "The request could not be searched for sensitive data in the time that this front door allows.",
    "Shorten the request; as it is, it can fail again.",
  ),
  AGENT_UNAVAILABLE: entry(
    503,
    "The agent cannot be reached or has no capacity left.",
    "Wait a few seconds, then send the request again.",
    RETRY_AFTER_SECONDS.AGENT_UNAVAILABLE,
  ),
  SESSIONS_UNAVAILABLE: entry(
    503,
    "No session can be opened now.",
    "Wait a few seconds, then send the request again.",
    RETRY_AFTER_SECONDS.SESSIONS_UNAVAILABLE,
  ),
  AGENT_START_FAILED: entry(
    503,
    "The agent did not start.",
    "Wait a few seconds, then send the request again; if it fails again, report the `request_id`.",
    RETRY_AFTER_SECONDS.AGENT_START_FAILED,
  ),
  HOOK_TIMEOUT: entry(
    504,
    "A hook of the front door took too long; the agent was not asked.",
    "Send the request again; if it fails again, report the `request_id`.",
  ),
  AGENT_TIMEOUT: entry(
    504,
    "The agent did not finish within the time that this door allows.",
    "Ask for less at once, or call a streaming door, which allows more time.",
  ),
  CLIENT_TOO_SLOW: entry(
    504,
    "The answer was not read within the time that this door allows.",
    "Read the answer as it arrives, or ask for less at once.",
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The reason why a request is refused. */
export interface Refusal {
  readonly code: ErrorCode;
  /** A sentence with more details. It contains only words of the stack config, never data that the caller sent. */
  readonly detail?: string | undefined;
}

/** The JSON object of every error reply, and of the `data` of an `event: error`. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly request_id: string };
}

/** The reply body for a refusal. */
export function errorBody({ code, detail }: Refusal, requestId: string): ErrorBody {
  const { message, remedy } = ERRORS[code];
  const text = [message, ...(detail === undefined ? [] : [detail]), remedy].join(" ");
  return { error: { code, message: text, request_id: requestId } };
}
