/** Header names, in the spelling that the pages of AWS give. HTTP compares them without case. */
export const SESSION_HEADER = "X-Session-Id";
export const REQUEST_ID_HEADER = "X-Request-Id";
export const RUNTIME_SESSION_HEADER = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id";
export const CUSTOM_HEADER_PREFIX = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";

/**
 * Carries the caller's bearer token where `Authorization` is taken: by SigV4, or by CloudFront OAC, which overwrites it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export const TOKEN_HEADER = "X-Auth-Token";

/**
 * Of every answer of a door. `no-transform` keeps a proxy in front from compressing it, which would hold a stream back: Express's
 * `compression` leaves such answers alone. https://github.com/expressjs/compression#filter
 */
export const CACHE_CONTROL = "no-store, no-transform";

export const EVENT_STREAM = "text/event-stream";
export const JSON_TYPE = "application/json";

/** The media type of a `Content-Type` value: lower case, without parameters. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
