import { ERRORS } from "./errors";

/** An error that API Gateway answers with before the function is asked. */
export interface GatewayError {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
  readonly responseType: string;
  /** Code in the reply. `$context.error.responseType` is replaced by the type that applied. */
  readonly code: string;
  readonly message: string;
}

const REQUEST_ID = "$context.extendedRequestId";
const ACTUAL_TYPE = "$context.error.responseType";

/**
 * A type without an entry of its own falls back to `DEFAULT_4XX` or `DEFAULT_5XX` and keeps its status.
 * `$context.error.message` is left out on purpose: it names ARNs.
 */
export const GATEWAY_ERRORS: readonly GatewayError[] = [
  {
    responseType: "BAD_REQUEST_BODY",
    code: "INVALID_BODY",
    message: `${ERRORS.INVALID_BODY.message} ${ERRORS.INVALID_BODY.remedy}`,
  },
  {
    responseType: "DEFAULT_4XX",
    code: ACTUAL_TYPE,
    message:
      "API Gateway refused the request. Check the bearer token in `Authorization`, the key in `x-api-key` or the SigV4 signature, and the rate of requests.",
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
