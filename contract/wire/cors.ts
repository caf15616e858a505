import { JSON_TYPE, REQUEST_ID_HEADER, SESSION_HEADER, TOKEN_HEADER } from "./headers";

/** What a browser may send across origins, beside the mapped headers of the stack. */
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

/** What a browser may read of a reply. */
export const EXPOSED_HEADERS = [SESSION_HEADER, REQUEST_ID_HEADER, "Retry-After"] as const;

export const CORS_METHODS = ["GET", "POST", "DELETE"] as const;

/** How long a browser keeps a preflight's answer, seconds. */
export const CORS_MAX_AGE_SECONDS = 600;

/** `Access-Control-Allow-Headers`, as a list. */
export function corsRequestHeaders(mapped: readonly string[]): string[] {
  return [...REQUEST_HEADERS, ...mapped];
}

/**
 * The CORS headers of a reply. They depend on the origin, so a cache must know that; an origin that is not on the list gets none.
 *
 * @param allowed exact origins; empty where the door does not do CORS
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
 * The template of a preflight's answer at API Gateway. The first origin is its static value; the template puts another one of the list
 * in its place. Header names reach `$input` as the client spelt them.
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

/** What the preflight's MOCK integration is asked for. */
export const PREFLIGHT_REQUEST = { [JSON_TYPE]: '{"statusCode": 204}' };
