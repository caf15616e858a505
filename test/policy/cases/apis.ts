import { declare, text } from "../support/declare";
import { document, says, STRANGER, stops, type Change } from "./case";
import type { Recorded } from "./recorded";

const AUTHORIZATION = "fd-apigateway-method-authorization";
const EVERYTHING = "execute-api:/*";

/** Opens POST /invoke, and gives its API a policy in place of the one that it has. */
function opened(program: Recorded, ...statements: readonly object[]) {
  program.set(program.get("method", "invoke-post"), "authorization", "NONE");
  const own = program.get("restApiPolicy");
  program.set(own, "policy", document(...statements));
  return [];
}

const toAll = (more: object = {}) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "execute-api:Invoke",
  Resource: EVERYTHING,
  ...more,
});

export const APIS: readonly Change[] = [
  stops("buffered", "an open method, and a policy for two ranges that add up to everything", AUTHORIZATION, (program) =>
    opened(program, toAll({ Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } } })),
  ),
  stops("buffered", "an open method, and a policy for all actions but one", AUTHORIZATION, (program) =>
    opened(program, {
      Effect: "Allow",
      Principal: "*",
      NotAction: "execute-api:ManageConnections",
      Resource: EVERYTHING,
    }),
  ),
  stops("buffered", "an open method, and a policy for every VPC endpoint", AUTHORIZATION, (program) =>
    opened(program, toAll({ Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } } })),
  ),
  stops("buffered", "an open method, and a policy for every VPC", AUTHORIZATION, (program) =>
    opened(program, toAll({ Condition: { StringLike: { "aws:SourceVpc": "vpc-*" } } })),
  ),
  stops("buffered", "a policy for every AWS account in the API itself", "fd-apigateway-resource-policy", (program) => {
    program.set(
      program.get("restApi"),
      "policy",
      document({ Effect: "Allow", Principal: { AWS: ["*"] }, Action: "execute-api:Invoke", Resource: EVERYTHING }),
    );
    return [];
  }),
  says("buffered", "an open method, and a limiting policy beside one that opens", AUTHORIZATION, (program) => {
    program.set(
      program.get("restApi"),
      "policy",
      document(toAll({ Condition: { IpAddress: { "aws:SourceIp": "10.1.0.0/16" } } })),
    );
    return opened(program, toAll());
  }),
  stops("cognito", "an authorizer that asks a stranger's user pool", "fd-stack-accounts", (program) => {
    program.set(program.get("authorizer"), "providerArns", [
      `arn:aws:cognito-idp:us-east-1:${STRANGER}:userpool/us-east-1_AbCdEfGhI`,
    ]);
    return [];
  }),
  stops("buffered", "an integration over plain http", "fd-apigateway-integration-target", (program) => {
    const integration = program.get("integration", "invoke-post");
    program.set(integration, "type", "HTTP_PROXY");
    program.set(integration, "uri", "http://10.0.0.1/");
    return [];
  }),
  stops("buffered", "an integration straight to the agent", "fd-apigateway-integration-target", (program) => {
    const integration = program.get("integration", "invoke-post");
    program.set(integration, "type", "AWS");
    program.set(integration, "credentials", "arn:aws:iam::123456789012:role/gateway");
    program.set(
      integration,
      "uri",
      "arn:aws:apigateway:us-east-1:bedrock-agentcore:path/runtimes/my_agent/invocations",
    );
    return [];
  }),
  stops("buffered", "a stage of a deployment by a literal id", "fd-apigateway-deployment", (program) => {
    program.set(program.get("stage"), "deployment", "abc123");
    return [];
  }),
  stops("alone", "a document with an authorizer that asks nobody", "fd-apigateway-open-api-body", () => {
    const role = declare("role", "door", {
      assumeRolePolicy: document({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
      }),
    });
    const fn = declare("function", "door", {
      name: "door",
      role: role.out("arn"),
      environment: {
        variables: {
          AGENT_RUNTIME_ARN: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
        },
      },
    });
    const api = declare("restApi", "door", {
      endpointConfiguration: { types: "REGIONAL" },
      body: JSON.stringify({
        openapi: "3.0.1",
        components: { securitySchemes: { nobody: { type: "apiKey", "x-amazon-apigateway-authorizer": {} } } },
        paths: {
          "/invoke": {
            post: {
              security: [{ nobody: [] }],
              "x-amazon-apigateway-integration": {
                type: "aws_proxy",
                httpMethod: "POST",
                uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:door/invocations",
              },
            },
          },
        },
      }),
    });
    return [role, fn, api];
  }),
  stops(
    "buffered",
    "a template that echoes every origin behind a condition that always holds",
    "fd-apigateway-cors",
    (program) => {
      program.set(program.get("response", "default-4xx"), "responseTemplates", {
        "application/json":
          '#if(true)#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))#end{}',
      });
      return [];
    },
  ),
  stops("private", "a private API whose policy lets every endpoint through", "fd-apigateway-private-api", (program) => {
    program.set(
      program.get("restApiPolicy"),
      "policy",
      document(toAll(), {
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: EVERYTHING,
        Condition: { StringNotLike: { "aws:SourceVpce": "vpce-*" } },
      }),
    );
    return [];
  }),
  stops("buffered", "a deployment that does not come after the API's policy", "fd-apigateway-deployment", (program) => {
    program.after(program.get("deployment"), (urn) => !urn.includes("restApiPolicy"));
    return [];
  }),
  stops(
    "cognito",
    "a deployment that does not come after the API's authorizer",
    "fd-apigateway-deployment",
    (program) => {
      for (const type of ["method", "deployment"] as const)
        program.afterAll(type, (urn) => !urn.includes("authorizer:Authorizer"));
      return [];
    },
  ),
  stops("buffered", "two policies for one API", "fd-stack-one-owner", (program) => [
    declare("restApiPolicy", "second", {
      restApiId: program.get("restApi").out("id"),
      policy: text`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"execute-api:Invoke","Resource":"${program.get("restApi").out("executionArn")}/*"}]}`,
    }),
  ]),
  stops("buffered", "an OpenAPI document beside a policy of its own", "fd-stack-one-owner", (program) => {
    program.set(program.get("restApi"), "body", JSON.stringify({ openapi: "3.0.1", paths: {} }));
    return [];
  }),
];
