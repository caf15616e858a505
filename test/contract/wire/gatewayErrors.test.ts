import assert from "node:assert/strict";
import { corsHeaders } from "../../../contract/wire/cors";
import { GATEWAY_ERRORS, gatewayTemplate } from "../../../contract/wire/gatewayErrors";
import { TYPES, type Graph } from "../../../local/program/graph";
import { MODES, record } from "../../support/program/components";
import { restApi } from "../../support/program/restApi";

/**
 * Every response type with its default status. REQUEST_TOO_LARGE cannot be customized.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const STATUSES = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
} as const;

/** What a caller can do about it, by status. */
const REMEDIES: Readonly<Record<number, RegExp>> = {
  400: /body|On 4/,
  401: /On 401, send a valid bearer token in `Authorization`/,
  403: /On 403, check the path, the key in `x-api-key` or the SigV4 signature|firewall/,
  404: /On 404, check the path/,
  415: /Content-Type: application\/json/,
  429: /[Ww]ait/,
  500: /Send the request again.*report the `request_id`/,
  504: /Send the request again.*report the `request_id`/,
};

/** The entry that API Gateway uses: the type's own, or the default of its status class. */
function answering(type: string, status: number, types: readonly string[]): string {
  const own = types.find((each) => each === type);
  const fallback = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  const found = own ?? types.find((each) => each === fallback);
  assert.ok(found, `${type} is answered in the error shape`);
  return found;
}

describe("gateway errors", () => {
  for (const [type, status] of Object.entries(STATUSES)) {
    it(`answers ${type} (${status}) in the error shape, with a remedy and nothing of the account`, () => {
      const entry = GATEWAY_ERRORS.find(
        ({ responseType }) =>
          responseType ===
          answering(
            type,
            status,
            GATEWAY_ERRORS.map((error) => error.responseType),
          ),
      );
      assert.ok(entry);
      const { error } = JSON.parse(gatewayTemplate(entry)) as { error: Record<string, string> };
      assert.deepEqual(Object.keys(error), ["code", "message", "request_id"]);
      assert.match(error["message"] ?? "", REMEDIES[status] ?? /^$/);
      assert.equal(error["request_id"], "$context.extendedRequestId");
      assert.ok(error["code"] === "INVALID_BODY" || error["code"] === "$context.error.responseType");
      const variables = gatewayTemplate(entry).match(/\$[\w.]+/g) ?? [];
      for (const variable of variables) {
        assert.ok(["$context.extendedRequestId", "$context.error.responseType"].includes(variable), variable);
      }
      assert.doesNotMatch(gatewayTemplate(entry), /arn:|\d{12}/);
    });
  }

  for (const { mode, preview } of MODES) {
    describe(`of a REST API, ${mode}`, () => {
      const parametersOf = (graph: Graph, type: string) => {
        const responses = graph.all(TYPES.response);
        const types = responses.map(({ inputs }) => String(inputs["responseType"]));
        const status = STATUSES[type as keyof typeof STATUSES];
        const found = answering(type, status, types);
        return (responses[types.indexOf(found)]?.inputs["responseParameters"] ?? {}) as Record<string, string>;
      };

      it("carry the CORS headers of a configured origin, whatever the type", async () => {
        const origin = "https://app.example.com";
        const graph = await record(preview, () => void restApi({ cors: { origins: [origin], mappedHeaders: [] } }));
        for (const type of Object.keys(STATUSES)) {
          const parameters = parametersOf(graph, type);
          for (const [header, value] of Object.entries(corsHeaders(origin, [origin]))) {
            assert.equal(parameters[`gatewayresponse.header.${header}`], `'${value}'`, `${type} ${header}`);
          }
        }
      });

      it("carry no CORS headers without an origin, and say when to come back", async () => {
        const graph = await record(preview, () => void restApi());
        for (const type of Object.keys(STATUSES)) {
          assert.deepEqual(parametersOf(graph, type), {
            "gatewayresponse.header.Cache-Control": "'no-store, no-transform'",
            ...(type === "THROTTLED" && { "gatewayresponse.header.Retry-After": "'5'" }),
          });
        }
      });
    });
  }
});
