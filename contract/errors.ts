import { MAX_BODY_BYTES, SESSION_ID_LENGTH } from "./limits";

/** One entry: what the client sees (`message` and `remedy`, joined) and the HTTP status before the first byte. */
export interface CatalogueEntry {
  readonly status: number;
  readonly message: string;
  readonly remedy: string;
}

const entry = (status: number, message: string, remedy: string): CatalogueEntry => ({ status, message, remedy });

/**
 * Every error that a door can answer with. Texts are fixed: they hold no ARN, account id, stack trace or caller's data.
 * `INVALID_BODY` covers all that the REST doors' model checks, so that the gateway and the handler say the same.
 */
export const ERRORS = {
  INVALID_BODY: entry(
    400,
    "The request body is not a JSON object with `prompt`, a non-empty string.",
    'Send for example {"prompt": "Hello"}.',
  ),
  INVALID_SESSION_ID: entry(
    400,
    `\`session_id\` is not a string of ${SESSION_ID_LENGTH.min} to ${SESSION_ID_LENGTH.max} characters of A-Z a-z 0-9 _ -.`,
    "Send back the `session_id` of an earlier answer, or leave it out to start a new session.",
  ),
  NOT_FOUND: entry(404, "This path does not exist.", "Send POST /invoke or GET /health."),
  METHOD_NOT_ALLOWED: entry(
    405,
    "This path does not take that method.",
    "Send POST to /invoke and GET to /health; the `Allow` header names the method.",
  ),
  SESSION_BUSY: entry(409, "The session is being started or stopped.", "Send the request again in a second."),
  BODY_TOO_LARGE: entry(
    413,
    `The request body is larger than ${MAX_BODY_BYTES} bytes.`,
    "Shorten `prompt` or the other fields of the body.",
  ),
  UNSUPPORTED_MEDIA_TYPE: entry(
    415,
    "The `Content-Type` of the request is not application/json.",
    "Send the header `Content-Type: application/json`.",
  ),
  AGENT_THROTTLED: entry(429, "The agent has too many requests.", "Wait a few seconds, then send the request again."),
  INTERNAL: entry(500, "The front door failed.", "Send the request again; if it fails again, report the `request_id`."),
  AGENT_ERROR: entry(
    502,
    "The agent failed while it answered.",
    "Send the request again; if it fails again, report the `request_id`: the agent's own log has the cause.",
  ),
  AGENT_REFUSED: entry(
    502,
    "The agent runtime refused the front door.",
    "Report the `request_id`: the operator finds the cause in the front door's log.",
  ),
  ANSWER_TOO_LARGE: entry(
    502,
    "The answer is larger than a buffered door can carry (6 MB).",
    "Ask for less, or call a streaming door.",
  ),
  AGENT_UNAVAILABLE: entry(
    503,
    "The agent cannot be reached or has no capacity left.",
    "Wait a few seconds, then send the request again.",
  ),
  AGENT_TIMEOUT: entry(
    504,
    "The agent did not finish within the time that this door allows.",
    "Ask for less at once, or call a streaming door, which allows more time.",
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The object in every error reply and in the `data` of an `event: error`. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly request_id: string };
}

/** The reply body for a catalogue code. */
export function errorBody(code: ErrorCode, requestId: string): ErrorBody {
  const { message, remedy } = ERRORS[code];
  return { error: { code, message: `${message} ${remedy}`, request_id: requestId } };
}
