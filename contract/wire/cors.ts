import { JSON_TYPE, REQUEST_ID_HEADER, SESSION_HEADER, TOKEN_HEADER } from "./headers";

/** Request headers that a browser may send across origins, in addition to the mapped headers of the stack. */
const REQUEST_HEADERS = [
  "Accept",
  "Authorization",
  "Content-Type",
  "X-Api-Key",
  TOKEN_HEADER,
  "X-Amz-Content-Sha256",
  "X-Amz-Date",
  "X-Amz-Security-Token",
  "X-Amzn-Trace-Id",
  "baggage",
  "traceparent",
  "tracestate",
] as const;

/** Response headers that a web page may read. */
export const EXPOSED_HEADERS = [SESSION_HEADER, REQUEST_ID_HEADER, "Retry-After"] as const;

export const CORS_METHODS = ["GET", "POST", "DELETE"] as const;

/** How long a browser caches the answer to a preflight, seconds. */
export const CORS_MAX_AGE_SECONDS = 600;

/** `Access-Control-Allow-Headers`, as a list. */
export function corsRequestHeaders(mapped: readonly string[]): string[] {
  return [...REQUEST_HEADERS, ...mapped];
}

/**
 * The CORS headers of a reply. `Vary` tells caches that they depend on the origin. Other origins than the allowed ones get no further headers.
 *
 * @param allowed exact origins; empty if the door does not use CORS
 */
export function corsHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> {
  if (allowed.length === 0) return {};
  return {
    Vary: "Origin",
    ...(origin !== undefined &&
      allowed.includes(origin) && {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": EXPOSED_HEADERS.join(", "),
      }),
  };
}

/**
 * The template for the answer to a preflight at API Gateway. The static value of the header is the first origin; the template replaces it with
 * another origin of the list. `$input` has header names in the case that the client used.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function preflightTemplate(origins: readonly string[]): string {
  const [, ...others] = origins;
  if (others.length === 0) return "";
  const known = others.map((origin) => `$origin == "${origin}"`).join(" || ");
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#if(${known})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join("\n");
}

/** Request template of the MOCK integration for preflights. */
export const PREFLIGHT_REQUEST = { [JSON_TYPE]: '{"statusCode": 204}' };
