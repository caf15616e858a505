import { ERRORS } from "./errors";

/** An error that API Gateway answers with, without calling the function. */
export interface GatewayError {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
  readonly responseType: string;
  /** Code in the reply. API Gateway replaces `$context.error.responseType` with the actual response type. */
  readonly code: string;
  readonly message: string;
  /** `Retry-After` of the reply, seconds. Set only if the client should send the same request again. */
  readonly retryAfterSeconds?: number;
}

const REQUEST_ID = "$context.extendedRequestId";
const ACTUAL_TYPE = "$context.error.responseType";

/**
 * The gateway responses. A type without an entry uses `DEFAULT_4XX` or `DEFAULT_5XX` and keeps its status. A type has an entry if the caller must
 * do something other than correct the request. The texts do not use `$context.error.message`, because it contains ARNs.
 */
export const GATEWAY_ERRORS: readonly GatewayError[] = [
  {
    responseType: "BAD_REQUEST_BODY",
    code: "INVALID_BODY",
    message: `${ERRORS.INVALID_BODY.message} ${ERRORS.INVALID_BODY.remedy}`,
  },
  {
    responseType: "THROTTLED",
    code: ACTUAL_TYPE,
    message: "Too many requests at once. Wait a few seconds, then send the request again.",
    retryAfterSeconds: 5,
  },
  {
    responseType: "QUOTA_EXCEEDED",
    code: ACTUAL_TYPE,
    message:
      "The key has used up its quota. Wait until the quota's period ends, or ask the operator of this front door for a larger one.",
  },
  {
    responseType: "WAF_FILTERED",
    code: ACTUAL_TYPE,
    message:
      "The firewall of this front door refused the request. If it should have passed, report the `request_id` to the operator.",
  },
  {
    responseType: "DEFAULT_4XX",
    code: ACTUAL_TYPE,
    message:
      "API Gateway refused the request. On 401, send a valid bearer token in `Authorization`. On 403, check the path, the key in `x-api-key` or the SigV4 signature, and whether you may call. On 404, check the path. On 413, shorten the body. On 415, send `Content-Type: application/json`. On 429, wait a few seconds.",
  },
  {
    responseType: "DEFAULT_5XX",
    code: ACTUAL_TYPE,
    message: "API Gateway could not get an answer. Send the request again; if it fails again, report the `request_id`.",
  },
];

/** The body template of a gateway response. */
export function gatewayTemplate({ code, message }: GatewayError): string {
  return JSON.stringify({ error: { code, message, request_id: REQUEST_ID } });
}
