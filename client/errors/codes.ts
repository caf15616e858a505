import type { ErrorCode } from "../../contract/wire/errors";

/** The errors that no front door answers with: what happened, and what to do. */
export const OWN = {
  ABORTED: ["The question was aborted.", "Ask again if you still want an answer."],
  ANSWER_CUT: ["The answer broke off.", "Ask again; if it breaks off again, report the request id."],
  ANSWER_TAKEN: ["The answer is being read already.", "Read it once: as text, as events or raw."],
  INVALID_OPTION: ["An option of the client is not valid.", ""],
  INVALID_QUESTION: ["The question is not valid.", ""],
  NETWORK: [
    "The door cannot be reached.",
    "Check the URL and the connection; on a web page also that `corsOrigins` of the stack has the page's origin.",
  ],
  NOT_A_DOOR: ["The answer is not one of a front door.", "Check the URL: it is the door's, without /invoke."],
  QUESTION_RUNNING: [
    "The session is still answering a question.",
    "Wait for its answer, stop it, use another session, or ask with `concurrent: true`.",
  ],
  TOKEN_UNAVAILABLE: ["The function in `auth` gave no token.", "Sign in, then ask again."],
} as const satisfies Record<string, readonly [what: string, remedy: string]>;

/** Codes of the client's own errors, and of answers without a code. */
type OwnCode = keyof typeof OWN | "ACCESS_DENIED" | "REQUEST_REFUSED" | "THROTTLED" | "UNAVAILABLE";

/**
 * Code of an error: one of the front door's catalogue, of the client's own, or a type of gateway response such as `QUOTA_EXCEEDED`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export type Code = ErrorCode | OwnCode | (string & {});
