import { methodAuthorization } from "../../../policy/rules/apigateway/methodAuthorization";
import { methodAuthorizer } from "../../../policy/rules/apigateway/methodAuthorizer";
import { requestValidation } from "../../../policy/rules/apigateway/requestValidation";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const path = declare("apiResource", "path", {
  restApi: api.out("id"),
  parentId: api.out("rootResourceId"),
  pathPart: "x",
});
const method = (props: object, name = "method") =>
  declare("method", name, {
    restApi: api.out("id"),
    resourceId: path.out("id"),
    httpMethod: "POST",
    authorization: "NONE",
    ...props,
  });
const integration = (of: Declared, type: unknown, props: object = {}) =>
  declare("integration", "integration", {
    restApi: api.out("id"),
    resourceId: of.props["resourceId"],
    httpMethod: of.out("httpMethod"),
    type,
    ...props,
  });
const policyOf = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const everybody = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
const from = (address: string | readonly string[]) => ({ Condition: { IpAddress: { "aws:SourceIp": address } } });
const outside = {
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ["execute-api:*"],
  Resource: ["arn:aws:execute-api:us-east-1:123456789012:abc/*/*/*"],
  Condition: { NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
};
const withPolicy = (policy: unknown) => declare("restApi", "api", { policy });
const ownPolicy = (policy: unknown, restApiId: unknown = api.out("id")) =>
  declare("restApiPolicy", "policy", { restApiId, policy });
const open = method({});
const options = method({ httpMethod: "OPTIONS" });
const found = [["method", "authorization"]] as const;

testRule(methodAuthorization, {
  pass: [
    { title: "AWS_IAM", resources: [api, path, method({ httpMethod: "ANY", authorization: "AWS_IAM" })] },
    { title: "an authorizer", resources: [api, path, method({ authorization: "CUSTOM", authorizerId: unknown })] },
    { title: "an API key", resources: [api, path, method({ httpMethod: "ANY", apiKeyRequired: true })] },
    {
      title: "a preflight that API Gateway answers (trivy AWS-0004 means OPTION and flags it)",
      resources: [api, path, options, integration(options, "MOCK")],
    },
    {
      title: "a preflight at the root",
      resources: [
        api,
        method({ httpMethod: "OPTIONS", resourceId: api.out("rootResourceId") }),
        integration(method({ httpMethod: "OPTIONS", resourceId: api.out("rootResourceId") }), "MOCK"),
      ],
    },
    {
      title: "a preflight of an imported API, by ids alone",
      resources: [
        declare("method", "method", {
          restApi: "abc",
          resourceId: "def",
          httpMethod: "OPTIONS",
          authorization: "NONE",
        }),
        declare("integration", "mock", { restApi: "abc", resourceId: "def", httpMethod: "OPTIONS", type: "MOCK" }),
      ],
    },
    {
      title: "a policy of the API that allows some addresses",
      resources: [withPolicy(policyOf({ ...everybody, ...from("203.0.113.0/24") })), path, open],
    },
    {
      title: "a policy in a resource of its own that denies all but some addresses",
      resources: [api, path, open, ownPolicy(policyOf(everybody, outside))],
    },
    {
      title: "a policy that allows one account alone",
      resources: [
        api,
        path,
        open,
        ownPolicy(policyOf({ ...everybody, Principal: { AWS: "arn:aws:iam::123456789012:root" } })),
      ],
    },
  ],
  fail: [
    { title: "a method that is open (checkov CKV2_AWS_70 passes it)", resources: [api, path, open], findings: found },
    {
      title: "a method ANY that is open, whatever the API's policy says",
      resources: [
        api,
        path,
        method({ httpMethod: "ANY" }),
        ownPolicy(policyOf({ ...everybody, ...from("203.0.113.0/24") })),
      ],
      findings: found,
    },
    {
      title: "a method ANY with a MOCK integration",
      resources: [api, path, method({ httpMethod: "ANY" }), integration(method({ httpMethod: "ANY" }), "MOCK")],
      findings: found,
    },
    {
      title: "a preflight that runs a function",
      resources: [api, path, options, integration(options, "AWS_PROXY")],
      findings: found,
    },
    { title: "a preflight without integration", resources: [api, path, options], findings: found },
    {
      title: "a preflight whose neighbour alone is MOCK",
      resources: [api, path, options, integration(open, "MOCK"), integration(options, "AWS_PROXY")],
      findings: found,
    },
    {
      title: "a key that is not asked for",
      resources: [api, path, method({ apiKeyRequired: false })],
      findings: found,
    },
    {
      title: "no kind of authorization",
      resources: [
        api,
        path,
        declare("method", "method", { restApi: api.out("id"), resourceId: path.out("id"), httpMethod: "GET" }),
      ],
      findings: found,
    },
    {
      title: "a kind of authorization nobody knows",
      resources: [api, path, method({ authorization: "aws_iam" })],
      findings: found,
    },
    {
      title: "a policy that allows everybody",
      resources: [withPolicy(policyOf(everybody)), path, open],
      findings: found,
    },
    {
      title: "a policy that allows every address",
      resources: [api, path, open, ownPolicy(policyOf({ ...everybody, ...from(["203.0.113.0/24", "0.0.0.0/0"]) }))],
      findings: found,
    },
    {
      title: "a policy that allows whoever says the right user agent",
      resources: [
        api,
        path,
        open,
        ownPolicy(policyOf({ ...everybody, Condition: { StringEquals: { "aws:UserAgent": "curl" } } })),
      ],
      findings: found,
    },
    {
      title: "a policy that denies some addresses only",
      resources: [
        api,
        path,
        open,
        ownPolicy(policyOf(everybody, { ...outside, Condition: { IpAddress: { "aws:SourceIp": "198.51.100.7/32" } } })),
      ],
      findings: found,
    },
    {
      title: "a policy that denies outsiders only without TLS",
      resources: [
        api,
        path,
        open,
        ownPolicy(
          policyOf(everybody, {
            ...outside,
            Condition: { ...outside.Condition, Bool: { "aws:SecureTransport": "false" } },
          }),
        ),
      ],
      findings: found,
    },
    {
      title: "the policy of another API",
      resources: [
        api,
        declare("restApi", "other"),
        path,
        open,
        ownPolicy(policyOf(everybody, outside), declare("restApi", "other").out("id")),
      ],
      findings: found,
    },
    {
      title: "a policy for all but some principals",
      resources: [
        api,
        path,
        open,
        ownPolicy(policyOf({ Effect: "Allow", NotPrincipal: "x", Action: "*", Resource: "*" })),
      ],
      findings: found,
    },
  ],
  unknown: [
    { title: "a kind that is not known", resources: [api, path, method({ authorization: unknown })], findings: found },
    {
      title: "a key that may be asked for",
      resources: [api, path, method({ apiKeyRequired: unknown })],
      findings: found,
    },
    {
      title: "a preflight whose integration is of an unknown type",
      resources: [api, path, options, integration(options, unknown)],
      findings: found,
    },
    {
      title: "a preflight and an integration that may be anyone's",
      resources: [api, path, options, integration(options, "MOCK", { resourceId: unknown })],
      findings: found,
    },
    {
      title: "a policy that is not known",
      resources: [api, path, open, ownPolicy(unknown)],
      findings: found,
    },
    {
      title: "a policy that is made of the API's ARN",
      modes: ["preview"],
      resources: [api, path, open, ownPolicy(text`{"Statement": [], "Id": "${api.out("executionArn")}"}`)],
      findings: found,
    },
    {
      title: "a policy that may be another API's",
      resources: [api, path, open, ownPolicy(policyOf(everybody, outside), unknown)],
      findings: found,
    },
    {
      title: "a policy for some methods only",
      resources: [api, path, open, ownPolicy(policyOf({ ...everybody, Resource: "execute-api:/*/OPTIONS/?*" }))],
      findings: found,
    },
    {
      title: "an API of another stack",
      resources: [
        declare("method", "method", { restApi: "abc", resourceId: "def", httpMethod: "GET", authorization: "NONE" }),
      ],
      findings: found,
    },
  ],
  notApplicable: [{ title: "an API without methods", resources: [api] }],
});

const authorizer = declare("authorizer", "authorizer", { restApi: api.out("id"), name: "a" });
const cognito = { authorization: "COGNITO_USER_POOLS", authorizerId: authorizer.out("id") };

testRule(methodAuthorizer, {
  pass: [
    { title: "AWS_IAM without authorizer", resources: [api, method({ authorization: "AWS_IAM" })] },
    {
      title: "an authorizer of the stack",
      resources: [api, authorizer, method({ ...cognito, authorization: "CUSTOM" })],
    },
    {
      title: "scopes of a user pool",
      resources: [api, authorizer, method({ ...cognito, authorizationScopes: ["a/b"] })],
    },
    { title: "an authorizer by its id", resources: [api, method({ authorization: "CUSTOM", authorizerId: "abc123" })] },
    {
      title: "an empty list of scopes",
      resources: [api, method({ authorization: "AWS_IAM", authorizationScopes: [] })],
    },
  ],
  fail: [
    {
      title: "CUSTOM without authorizer",
      resources: [api, method({ authorization: "CUSTOM" })],
      findings: [["method", "authorizerId"]],
    },
    {
      title: "COGNITO_USER_POOLS with an empty id",
      resources: [api, method({ ...cognito, authorizerId: "" })],
      findings: [["method", "authorizerId"]],
    },
    {
      title: "scopes that an authorizer function never sees",
      resources: [api, authorizer, method({ ...cognito, authorization: "CUSTOM", authorizationScopes: ["a/b"] })],
      findings: [["method", "authorizationScopes"]],
    },
    {
      title: "scopes with AWS_IAM",
      resources: [api, method({ authorization: "AWS_IAM", authorizationScopes: ["a/b"] })],
      findings: [["method", "authorizationScopes"]],
    },
    {
      title: "neither authorizer nor a use for scopes",
      resources: [api, method({ authorization: "CUSTOM", authorizationScopes: ["a/b"] })],
      findings: [
        ["method", "authorizerId"],
        ["method", "authorizationScopes"],
      ],
    },
  ],
  unknown: [
    {
      title: "an authorizer that comes from nowhere that is known",
      resources: [api, method({ ...cognito, authorizerId: unknown })],
      findings: [["method", "authorizerId"]],
    },
    {
      title: "a kind that is not known",
      resources: [api, method({ authorization: unknown })],
      findings: [["method", "authorizerId"]],
    },
    {
      title: "scopes that are not known, for IAM",
      resources: [api, method({ authorization: "AWS_IAM", authorizationScopes: unknown })],
      findings: [["method", "authorizationScopes"]],
    },
  ],
  notApplicable: [{ title: "an API without methods", resources: [api] }],
});

const validator = (validateRequestBody: unknown) =>
  declare("requestValidator", "validator", { restApi: api.out("id"), name: "body", validateRequestBody });
const checks = validator(true);
const models = { "application/json": "Body" };
const validated = method({ requestValidatorId: checks.out("id"), requestModels: models });

testRule(requestValidation, {
  pass: [
    { title: "a body that is checked", resources: [api, checks, validated] },
    { title: "GET without body", resources: [api, method({ httpMethod: "GET" })] },
    { title: "ANY, which is not asked by default", resources: [api, method({ httpMethod: "ANY" })] },
    {
      title: "POST where nothing is asked of it",
      settings: { methods: ["PUT"] },
      resources: [api, method({})],
    },
  ],
  fail: [
    {
      title: "POST without validator and model",
      resources: [api, method({})],
      findings: [
        ["method", "requestValidatorId"],
        ["method", "requestModels"],
      ],
    },
    {
      title: "a validator of parameters only",
      resources: [
        api,
        validator(false),
        method({ requestValidatorId: validator(false).out("id"), requestModels: models }),
      ],
      findings: [["method", "requestValidatorId"]],
    },
    {
      title: "a validator without a model (cdk-nag APIG2 and CKV2_AWS_53 pass it)",
      resources: [api, checks, method({ requestValidatorId: checks.out("id"), requestModels: {} })],
      findings: [["method", "requestModels"]],
    },
    {
      title: "PUT with an empty id",
      resources: [api, method({ httpMethod: "PUT", requestValidatorId: "", requestModels: models })],
      findings: [["method", "requestValidatorId"]],
    },
    {
      title: "ANY where it is asked",
      settings: { methods: ["ANY"] },
      resources: [api, method({ httpMethod: "ANY", requestModels: models })],
      findings: [["method", "requestValidatorId"]],
    },
  ],
  unknown: [
    {
      title: "a validator of another stack",
      resources: [api, method({ requestValidatorId: "abc123", requestModels: models })],
      findings: [["method", "requestValidatorId"]],
    },
    {
      title: "a validator that comes from nowhere that is known",
      resources: [api, method({ requestValidatorId: unknown, requestModels: models })],
      findings: [["method", "requestValidatorId"]],
    },
    {
      title: "a method that is not known",
      resources: [api, method({ httpMethod: unknown, requestModels: models })],
      findings: [["method", "requestValidatorId"]],
    },
  ],
  notApplicable: [{ title: "an API without methods", resources: [api] }],
});
