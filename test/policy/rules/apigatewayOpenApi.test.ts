import { openApiBody } from "../../../policy/rules/apigateway/openApiBody";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";

const INVOCATIONS = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:x:fn/invocations";
const STREAMING =
  "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/arn:aws:lambda:x:fn/response-streaming-invocations";
const lambda = { type: "aws_proxy", httpMethod: "POST", uri: INVOCATIONS };
const sigv4 = [{ sigv4: [] }];
const schemes = {
  sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
  token: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authorizer": { type: "token" } },
  pool: {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authorizer": { type: "cognito_user_pools" },
  },
  key: { type: "apiKey", name: "x-api-key", in: "header" },
  bearer: { type: "http", scheme: "bearer" },
};
const operation = (props: object = {}) => ({ security: sigv4, "x-amazon-apigateway-integration": lambda, ...props });
const integration = (props: object) => operation({ "x-amazon-apigateway-integration": { ...lambda, ...props } });
const documentOf = (paths: object, more: object = {}) =>
  JSON.stringify({ openapi: "3.0.1", components: { securitySchemes: schemes }, paths, ...more });
const api = (body: unknown, props: object = {}) => declare("restApi", "api", { body, ...props });
const post = (props: object, more: object = {}) => [api(documentOf({ "/invoke": { post: props } }, more))];
const answer = (responseParameters: object) =>
  integration({ responses: { default: { statusCode: "200", responseParameters } } });
const limited = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: "execute-api:/*",
    Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  },
});
const security = [["api", "body./invoke.POST.security"]] as const;

testRule(openApiBody, {
  pass: [
    { title: "no document", resources: [declare("restApi", "api")] },
    { title: "SigV4", resources: post(operation()) },
    { title: "an authorizer", resources: post(operation({ security: [{ token: [] }] })) },
    { title: "a user pool or SigV4", resources: post(operation({ security: [{ pool: ["a/b"] }, { sigv4: [] }] })) },
    { title: "an API key", resources: post(operation({ security: [{ key: [] }] })) },
    {
      title: "the schemes of OpenAPI 2",
      resources: [
        api(JSON.stringify({ swagger: "2.0", securityDefinitions: schemes, paths: { "/": { get: operation() } } })),
      ],
    },
    {
      title: "API Gateway's own word for IAM",
      resources: post({ "x-amazon-apigateway-auth": { type: "AWS_IAM" }, "x-amazon-apigateway-integration": lambda }),
    },
    {
      title: "a preflight that API Gateway answers",
      resources: [
        api(
          documentOf({
            "/invoke": { post: operation(), options: { "x-amazon-apigateway-integration": { type: "MOCK" } } },
          }),
        ),
      ],
    },
    {
      title: "an open method behind a policy of the API",
      resources: [api(documentOf({ "/invoke": { get: operation({ security: [] }) } }), { policy: limited })],
    },
    {
      title: "an open method behind a policy in the document",
      resources: post(operation({ security: [] }), { "x-amazon-apigateway-policy": JSON.parse(limited) as object }),
    },
    {
      title: "an open method behind a policy in another resource",
      resources: [
        ...post(operation({ security: [] })),
        declare("restApiPolicy", "policy", { restApiId: declare("restApi", "api").out("id"), policy: limited }),
      ],
    },
    { title: "a stream", resources: post(integration({ uri: STREAMING, responseTransferMode: "STREAM" })) },
    {
      title: "a stream of a web server by TLS",
      resources: post(
        integration({ type: "http_proxy", uri: "https://x.example.com", responseTransferMode: "STREAM" }),
      ),
    },
    {
      title: "a server in a VPC",
      resources: post(integration({ type: "http_proxy", uri: "http://nlb.internal", connectionType: "VPC_LINK" })),
    },
    {
      title: "one origin",
      resources: post(answer({ "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'" })),
    },
  ],
  fail: [
    { title: "YAML, which is not read", resources: [api("openapi: 3.0.1\npaths: {}")], findings: [["api", "body"]] },
    { title: "a text that is no document", resources: [api('"paths"')], findings: [["api", "body"]] },
    { title: "a method without security", resources: post(operation({ security: undefined })), findings: security },
    { title: "security that is empty", resources: post(operation({ security: [] })), findings: security },
    {
      title: "security that is optional",
      resources: post(operation({ security: [{}, { sigv4: [] }] })),
      findings: security,
    },
    {
      title: "a scheme that API Gateway does not know how to check",
      resources: post(operation({ security: [{ bearer: [] }] })),
      findings: security,
    },
    {
      title: "a scheme that is not there",
      resources: post(operation({ security: [{ nobody: [] }] })),
      findings: security,
    },
    {
      title: "every method open, behind a policy",
      resources: [
        api(documentOf({ "/{proxy+}": { "x-amazon-apigateway-any-method": operation({ security: [] }) } }), {
          policy: limited,
        }),
      ],
      findings: [["api", "body./{proxy+}.ANY.security"]],
    },
    {
      title: "a preflight that runs a function",
      resources: [api(documentOf({ "/invoke": { options: operation({ security: [] }) } }))],
      findings: [["api", "body./invoke.OPTIONS.security"]],
    },
    {
      title: "a target in the clear",
      resources: post(integration({ type: "http_proxy", uri: "http://x.example.com" })),
      findings: [["api", "body./invoke.POST.integration.uri"]],
    },
    {
      title: "STREAM to the path that does not stream",
      resources: post(integration({ responseTransferMode: "STREAM" })),
      findings: [["api", "body./invoke.POST.integration.responseTransferMode"]],
    },
    {
      title: "the streaming path without STREAM",
      resources: post(integration({ uri: STREAMING })),
      findings: [["api", "body./invoke.POST.integration.responseTransferMode"]],
    },
    {
      title: "STREAM without proxy",
      resources: post(integration({ type: "aws", uri: STREAMING, responseTransferMode: "STREAM" })),
      findings: [["api", "body./invoke.POST.integration.responseTransferMode"]],
    },
    {
      title: "the request's origin",
      resources: post(answer({ "method.response.header.Access-Control-Allow-Origin": "method.request.header.Origin" })),
      findings: [["api", "body./invoke.POST.responses.default.responseParameters"]],
    },
    {
      title: "every origin with credentials in a gateway response",
      resources: post(operation(), {
        "x-amazon-apigateway-gateway-responses": {
          DEFAULT_4XX: {
            responseParameters: {
              "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
              "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
            },
          },
        },
      }),
      findings: [["api", "body.DEFAULT_4XX.responseParameters"]],
    },
  ],
  unknown: [
    { title: "a document that is not known", resources: [api(unknown)], findings: [["api", "body"]] },
    {
      title: "a document with an output in it",
      modes: ["preview"],
      resources: [
        declare("function", "fn"),
        api(text`{"paths": {"/": {"get": {"x": "${declare("function", "fn").out("invokeArn")}"}}}}`),
      ],
      findings: [["api", "body"]],
    },
    {
      title: "an open method behind a policy that is not known",
      resources: [api(documentOf({ "/invoke": { post: operation({ security: [] }) } }), { policy: unknown })],
      findings: security,
    },
    {
      title: "security of the whole document",
      resources: post(operation({ security: undefined }), { security: sigv4 }),
      findings: security,
    },
    {
      title: "a path somewhere else",
      resources: [api(documentOf({ "/invoke": { $ref: "paths.json" } }))],
      findings: [
        ["api", "body./invoke.$ref.security"],
        ["api", "body./invoke.$ref.integration.uri"],
        ["api", "body./invoke.$ref.integration.responseTransferMode"],
      ],
    },
  ],
  notApplicable: [{ title: "a stack without APIs", resources: [declare("function", "fn")] }],
});
