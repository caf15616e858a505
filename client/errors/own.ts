import { FrontDoorError } from "./error";

/** The errors that no front door answers with: what it happened, and what to do. */
const OWN = {
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
export type OwnCode = keyof typeof OWN | "ACCESS_DENIED" | "REQUEST_REFUSED" | "THROTTLED" | "UNAVAILABLE";

interface Details {
  /** In place of the code's own text. */
  readonly what?: string;
  readonly remedy?: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

export function ownError(code: keyof typeof OWN, details: Details = {}): FrontDoorError {
  const [what, remedy] = OWN[code];
  return new FrontDoorError({ code, what, remedy, ...details });
}
