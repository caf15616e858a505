import { REQUEST_ID_HEADER } from "../../contract/wire/headers";
import { RETRY_AFTER_SECONDS } from "../../contract/wire/retryAfter";
import { described, type Described } from "./described";
import { FrontDoorError } from "./error";

const RETRY_AFTER: Readonly<Record<string, number>> = RETRY_AFTER_SECONDS;

/** Types of gateway responses that mean the same as a code which another door has for it. */
const SAME: Readonly<Record<string, string>> = {
  API_CONFIGURATION_ERROR: "INTERNAL",
  AUTHORIZER_CONFIGURATION_ERROR: "AUTHORIZER_FAILURE",
  BAD_REQUEST_BODY: "INVALID_BODY",
  INTEGRATION_FAILURE: "UNAVAILABLE",
  INTEGRATION_TIMEOUT: "AGENT_TIMEOUT",
  MISSING_AUTHENTICATION_TOKEN: "ACCESS_DENIED",
  REQUEST_TOO_LARGE: "BODY_TOO_LARGE",
  RESOURCE_NOT_FOUND: "NOT_FOUND",
  WAF_FILTERED: "REQUEST_BLOCKED",
};

/** What a status means if the answer has no code: code, what happened, remedy. */
const BY_STATUS: Readonly<Record<number, readonly [code: string, what: string, remedy: string]>> = {
  401: ["UNAUTHORIZED", "The door accepts no such token.", "Sign in again, and send a valid token."],
  403: [
    "ACCESS_DENIED",
    "The door, or the service in front of it, refused the request.",
    "Check the token, key or signature, at the edge the hash of the body, and whether you may call.",
  ],
  404: ["NOT_FOUND", "This path does not exist.", "Check the URL of the door and the name of the agent."],
  413: ["BODY_TOO_LARGE", "The request body is too large.", "Shorten the prompt or the other fields."],
  429: ["THROTTLED", "Too many requests at once.", "Wait a few seconds, then ask again."],
  504: ["AGENT_TIMEOUT", "The answer did not come in time.", "Ask for less at once, or call a streaming door."],
};

/** Headers with the id of a request: the door's, API Gateway's, Lambda's, CloudFront's. */
const ID_HEADERS = [REQUEST_ID_HEADER, "x-amzn-requestid", "x-amz-apigw-id", "x-amz-cf-id"];

export function requestIdOf(headers: Headers): string | undefined {
  for (const name of ID_HEADERS) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return undefined;
}

/** The error of a reply with an error status. */
export function refusal({ status, headers }: Pick<Response, "status" | "headers">, body: string): FrontDoorError {
  const { code: said, message, requestId } = described(body);
  const [usual, usualWhat, usualRemedy] = BY_STATUS[status] ?? [
    status >= 500 ? "UNAVAILABLE" : "REQUEST_REFUSED",
    `The door answered with status ${String(status)}.`,
    status >= 500 ? "Ask again; if it fails again, report the request id." : "Correct the request.",
  ];
  const code = codeOf(said, message, headers) ?? usual;
  const { what = usualWhat, remedy = usualRemedy } = textsOf(message, status);
  return new FrontDoorError({
    code,
    what,
    remedy,
    status,
    // A web ACL answers with a fixed text in the place of the id.
    requestId: requestIdOf(headers) ?? (requestId?.includes(" ") ? undefined : requestId),
    retryAfter: secondsOf(headers.get("retry-after")) ?? RETRY_AFTER[code],
  });
}

/** An error within an answer: the door's own, or one of the agent. */
export function failureOf(
  { code = "", message, requestId: own }: Described,
  requestId: string | undefined,
): FrontDoorError {
  // An agent's error has no id of a request, or a code of another form.
  const isOwn = own !== undefined && /^[A-Z][A-Z_0-9]+$/.test(code);
  const { what = "The agent failed while it answered.", remedy } = isOwn
    ? textsOf(message)
    : { what: message || undefined };
  return new FrontDoorError({
    code: isOwn ? code : "AGENT_ERROR",
    what,
    remedy: remedy ?? "Ask again; if it fails again, report the request id: the agent's own log has the cause.",
    requestId: requestId ?? own,
    retryAfter: isOwn ? RETRY_AFTER[code] : undefined,
  });
}

function codeOf(said: string | undefined, message: string, headers: Headers): string | undefined {
  if (said !== undefined) return SAME[said] ?? said;
  const type = headers.get("x-amzn-errortype") ?? "";
  return /signature/i.test(type + message) ? "INVALID_SIGNATURE" : undefined;
}

/** The first sentence of a door's message says what happened, the others what to do. */
function textsOf(message: string, status = 0): { what?: string; remedy?: string } {
  // One text of API Gateway has the remedies of several statuses.
  const [, listed] = new RegExp(`\\bOn ${String(status)}, (.+?\\.)(?= On |$)`).exec(message) ?? [];
  const [, what = message, others] = /^(.+?[.!?]) (.+)$/s.exec(message) ?? [];
  const remedy = listed === undefined ? others : listed.charAt(0).toUpperCase() + listed.slice(1);
  return { ...(what !== "" && { what }), ...(remedy !== undefined && { remedy }) };
}

/** Seconds of a `Retry-After`, which has seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function secondsOf(value: string | null): number | undefined {
  if (value === null || value.trim() === "") return undefined;
  const seconds = /^\s*\d+\s*$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
