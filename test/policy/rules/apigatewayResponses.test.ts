import { cors } from "../../../policy/rules/apigateway/cors";
import { gatewayResponses } from "../../../policy/rules/apigateway/gatewayResponses";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const quiet = { "application/json": '{"code":"$context.error.responseType","id":"$context.extendedRequestId"}' };
const response = (props: object = {}, name = "denied") =>
  declare("response", name, {
    restApiId: api.out("id"),
    responseType: "ACCESS_DENIED",
    responseTemplates: quiet,
    ...props,
  });
const fallbacks = [response({ responseType: "DEFAULT_4XX" }, "4xx"), response({ responseType: "DEFAULT_5XX" }, "5xx")];
const templates = (text: unknown) => ({ responseTemplates: { "application/json": text } });
const written = (responses: object) =>
  declare("restApi", "api", { body: JSON.stringify({ "x-amazon-apigateway-gateway-responses": responses }) });

testRule(gatewayResponses, {
  pass: [
    { title: "both fallbacks", resources: [api, ...fallbacks] },
    { title: "one of its own for ACCESS_DENIED as well", resources: [api, ...fallbacks, response()] },
    {
      title: "fallbacks in the API's document",
      resources: [written({ DEFAULT_4XX: { responseTemplates: quiet }, DEFAULT_5XX: { responseTemplates: quiet } })],
    },
    {
      title: "a header with the request's id",
      resources: [
        api,
        ...fallbacks,
        response({ responseParameters: { "gatewayresponse.header.X-Request-Id": "context.requestId" } }),
      ],
    },
  ],
  fail: [
    {
      title: "no responses",
      resources: [api],
      findings: [
        ["api", "DEFAULT_4XX"],
        ["api", "DEFAULT_5XX"],
      ],
    },
    {
      title: "ACCESS_DENIED alone, so that other refusals keep AWS's words",
      resources: [api, response(), ...fallbacks.slice(1)],
      findings: [["api", "DEFAULT_4XX"]],
    },
    {
      title: "the responses of another API",
      resources: [
        api,
        declare("restApi", "other", {
          body: JSON.stringify({
            "x-amazon-apigateway-gateway-responses": {
              DEFAULT_4XX: { responseTemplates: quiet },
              DEFAULT_5XX: { responseTemplates: quiet },
            },
          }),
        }),
        ...fallbacks.slice(0, 1),
      ],
      findings: [["api", "DEFAULT_5XX"]],
    },
    {
      title: "no template, so that AWS's is sent",
      resources: [api, ...fallbacks, response({ responseTemplates: undefined })],
      findings: [["denied", "responseTemplates"]],
    },
    ...["$context.error.messageString", '"$context.error.message"', "$context.authorizer.claims.email"].map((text) => ({
      title: `a template with ${text}`,
      resources: [api, ...fallbacks, response(templates(`{"message": ${text}}`))],
      findings: [["denied", "responseTemplates"]] as const,
    })),
    {
      title: "a header with the caller's ARN",
      resources: [
        api,
        ...fallbacks,
        response({ responseParameters: { "gatewayresponse.header.X-Caller": "context.identity.userArn" } }),
      ],
      findings: [["denied", "responseParameters"]],
    },
    {
      title: "AWS's words in the API's document",
      resources: [
        written({
          DEFAULT_4XX: { responseTemplates: { "application/json": '{"message":$context.error.messageString}' } },
          DEFAULT_5XX: { statusCode: 500 },
        }),
      ],
      findings: [
        ["api", "body.DEFAULT_4XX.responseTemplates"],
        ["api", "body.DEFAULT_5XX.responseTemplates"],
      ],
    },
  ],
  unknown: [
    {
      title: "a response of an unknown type",
      resources: [api, response({ responseType: unknown }), ...fallbacks.slice(1)],
      findings: [["api", "DEFAULT_4XX"]],
    },
    {
      title: "a template that is not known",
      resources: [api, ...fallbacks, response(templates(unknown))],
      findings: [["denied", "responseTemplates"]],
    },
    {
      title: "a document that is not known",
      resources: [declare("restApi", "api", { body: unknown })],
      findings: [
        ["api", "DEFAULT_4XX"],
        ["api", "DEFAULT_5XX"],
      ],
    },
    {
      title: "responses that may be any API's",
      resources: [
        api,
        ...fallbacks.map(({ name, props }) => declare("response", name, { ...props, restApiId: unknown })),
      ],
      findings: [
        ["api", "DEFAULT_4XX"],
        ["api", "DEFAULT_5XX"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without APIs", resources: [declare("function", "fn")] }],
});

const headers = (origin: unknown, credentials?: unknown) => ({
  responseParameters: {
    "gatewayresponse.header.Access-Control-Allow-Origin": origin,
    ...(credentials !== undefined && { "gatewayresponse.header.access-control-allow-credentials": credentials }),
  },
});
const preflight = (props: object) =>
  declare("integrationResponse", "preflight", { restApi: api.out("id"), httpMethod: "OPTIONS", ...props });
const setOrigin = (value: string) => `#set($context.responseOverride.header.Access-Control-Allow-Origin = ${value})`;

testRule(cors, {
  pass: [
    { title: "no headers", resources: [response()] },
    { title: "one origin with credentials", resources: [response(headers("'https://app.example.com'", "'true'"))] },
    { title: "every origin without credentials", resources: [response(headers("'*'"))] },
    { title: "every origin and credentials refused", resources: [response(headers("'*'", "'false'"))] },
    {
      title: "origins of a list",
      resources: [
        preflight({
          responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'https://a.example.com'" },
          ...templates(`#if($origin == "https://b.example.com")${setOrigin("$origin")}#end`),
        }),
      ],
    },
    {
      title: "a template with an origin of its own",
      resources: [preflight(templates(setOrigin('"https://a.example.com"')))],
    },
  ],
  fail: [
    {
      title: "every origin with credentials",
      resources: [response(headers("'*'", "'true'"))],
      findings: [["denied", "responseParameters"]],
    },
    {
      title: "the request's origin",
      resources: [response(headers("method.request.header.Origin"))],
      findings: [["denied", "responseParameters"]],
    },
    {
      title: "the request's origin at a preflight, in other letters",
      resources: [
        preflight({
          responseParameters: { "method.response.header.access-control-allow-origin": "method.request.header.origin" },
        }),
      ],
      findings: [["preflight", "responseParameters"]],
    },
    {
      title: "an origin from the context",
      resources: [response(headers("context.authorizer.origin"))],
      findings: [["denied", "responseParameters"]],
    },
    {
      title: "a template that copies the origin",
      resources: [preflight(templates(setOrigin("$input.params('Origin')")))],
      findings: [["preflight", "responseTemplates"]],
    },
  ],
  unknown: [
    {
      title: "an origin that is not known",
      resources: [response(headers(unknown))],
      findings: [["denied", "responseParameters"]],
    },
    {
      title: "every origin and credentials that are not known",
      resources: [response(headers("'*'", unknown))],
      findings: [["denied", "responseParameters"]],
    },
    {
      title: "a template that is not known",
      resources: [preflight(templates(unknown))],
      findings: [["preflight", "responseTemplates"]],
    },
  ],
  notApplicable: [{ title: "an API without responses", resources: [api] }],
});
