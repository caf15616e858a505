import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { TYPES, type Graph, type Resource } from "../../program/graph";
import { sendJson } from "../http";
import type { Served } from "../requestLog";

/** Default statuses and texts. https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const DEFAULTS = {
  ACCESS_DENIED: [403, "Forbidden"],
  API_CONFIGURATION_ERROR: [500, "Internal server error"],
  AUTHORIZER_CONFIGURATION_ERROR: [500, "Internal server error"],
  BAD_REQUEST_BODY: [400, "Invalid request body"],
  EXPIRED_TOKEN: [403, "The security token included in the request is expired"],
  INTEGRATION_FAILURE: [504, "Network error communicating with endpoint"],
  INTEGRATION_TIMEOUT: [504, "Endpoint request timed out"],
  INVALID_API_KEY: [403, "Forbidden"],
  INVALID_SIGNATURE: [403, "The request signature we calculated does not match the signature you provided."],
  MISSING_AUTHENTICATION_TOKEN: [403, "Missing Authentication Token"],
  REQUEST_TOO_LARGE: [413, "Request Too Long"],
  THROTTLED: [429, "Too Many Requests"],
  UNAUTHORIZED: [401, "Unauthorized"],
  WAF_FILTERED: [403, "Forbidden"],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type GatewayResponseType = keyof typeof DEFAULTS | "BAD_GATEWAY";

/** API Gateway's own responses, from the templates that the stack declares. */
export class GatewayResponses {
  private readonly declared: ReadonlyMap<string, Resource>;

  constructor(graph: Graph, restApi: Resource) {
    const responses = graph.where(TYPES.response, "restApiId", restApi.id);
    this.declared = new Map(responses.map((response) => [String(response.inputs["responseType"]), response]));
  }

  /** @param note only for the request log */
  send(response: ServerResponse, type: GatewayResponseType, note?: string): Served {
    // A malformed answer of a function has no response type: it gets the default 5XX with status 502.
    const [defaultStatus, message] =
      type === "BAD_GATEWAY" ? ([502, "Internal server error"] as const) : DEFAULTS[type];
    // This response cannot be customized.
    const declared =
      type === "REQUEST_TOO_LARGE"
        ? undefined
        : (this.declared.get(type) ?? this.declared.get(defaultStatus < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"));
    const {
      responseTemplates,
      responseParameters = {},
      statusCode,
    } = (declared?.inputs ?? {}) as {
      responseTemplates?: Record<string, string>;
      responseParameters?: Record<string, string>;
      statusCode?: string;
    };
    const status = Number(statusCode ?? defaultStatus);
    const requestId = randomUUID();
    const template = responseTemplates?.["application/json"] ?? '{"message":$context.error.messageString}';
    const body = render(template, {
      "$context.error.messageString": JSON.stringify(message),
      "$context.error.message": message,
      "$context.error.responseType": type === "BAD_GATEWAY" ? "DEFAULT_5XX" : type,
      "$context.extendedRequestId": requestId,
      "$context.requestId": requestId,
    });
    sendJson(response, status, body, {
      "x-amzn-RequestId": requestId,
      "x-amzn-ErrorType": type,
      ...fixedHeaders(responseParameters, "gatewayresponse.header."),
    });
    return { status, note: note ?? type };
  }
}

function render(template: string, variables: Readonly<Record<string, string>>): string {
  return template.replace(/\$context\.[A-Za-z.]+/g, (name) => variables[name] ?? "");
}

/**
 * Headers that are declared as constants, in single quotes.
 *
 * @throws Error for a value that is mapped from the request: this is not emulated
 */
export function fixedHeaders(parameters: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const text = /^'(.*)'$/.exec(value)?.[1];
      if (text === undefined) throw new Error(`The local target does not map ${value} to ${name}.`);
      return [name.slice(prefix.length), text];
    }),
  );
}
