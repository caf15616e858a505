/** Header names, in the spelling of the AWS documentation. HTTP ignores their case. */
export const SESSION_HEADER = "X-Session-Id";
export const REQUEST_ID_HEADER = "X-Request-Id";
export const RUNTIME_SESSION_HEADER = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id";
export const CUSTOM_HEADER_PREFIX = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";

/**
 * Header for the caller's bearer token, if `Authorization` is not available: SigV4 uses it, and CloudFront OAC overwrites it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export const TOKEN_HEADER = "X-Auth-Token";

/**
 * `Cache-Control` of every answer of a door. `no-transform` tells proxies not to compress an answer, because compression would delay a stream.
 * For example, `compression` of Express respects it. https://github.com/expressjs/compression#filter
 */
export const CACHE_CONTROL = "no-store, no-transform";

export const EVENT_STREAM = "text/event-stream";
export const JSON_TYPE = "application/json";

/** The media type of a `Content-Type` value: lower case, without parameters. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The parameter of a type in `Accept` with which a client asks for the text only, such as `text/event-stream; events=text`. */
const TEXT_ONLY = /;\s*events\s*=\s*"?text"?\s*(?:;|$)/i;

/** Whether an `Accept` value asks for the text of the events only. */
export function asksForText(accept: string | undefined): boolean {
  return (accept ?? "").split(",").some((type) => TEXT_ONLY.test(type));
}

/** Whether an `Accept` value asks for JSON, and not for an event stream. */
export function asksForJson(accept: string | undefined): boolean {
  const types = (accept ?? "").split(",").map(mediaType);
  return types.includes(JSON_TYPE) && !types.includes(EVENT_STREAM);
}

/** The form in which servers of CGI and WSGI compare names of headers. https://peps.python.org/pep-3333/#environ-variables */
export function foldedHeader(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
