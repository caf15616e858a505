import { apiKeyValue } from "../../../policy/rules/apigateway/apiKeyValue";
import { authorizerCache } from "../../../policy/rules/apigateway/authorizerCache";
import { authorizerType } from "../../../policy/rules/apigateway/authorizerType";
import { methodApiKey } from "../../../policy/rules/apigateway/methodApiKey";
import { testRule } from "../support/cases";
import { declare, unknown, type Declared } from "../support/declare";

const api = declare("restApi", "api", { endpointConfiguration: { types: "REGIONAL" } });
const authorizer = (props: object) => [api, declare("authorizer", "authorizer", { restApi: api.out("id"), ...props })];
const request = { type: "REQUEST", identitySource: "method.request.header.Authorization" };
const byRoute = "method.request.header.Authorization,context.httpMethod,context.path";
const routes = { routesInCacheKey: true };

testRule(authorizerCache, {
  pass: [
    { title: "a token kept for five minutes", resources: authorizer({ authorizerResultTtlInSeconds: 300 }) },
    { title: "the provider's defaults", resources: authorizer({}) },
    {
      title: "a request that is not kept and names nobody",
      resources: authorizer({ type: "REQUEST", identitySource: "", authorizerResultTtlInSeconds: 0 }),
    },
    { title: "a request kept by a header", resources: authorizer(request) },
    {
      title: "a request kept by a query parameter and the route",
      settings: routes,
      resources: authorizer({
        ...request,
        identitySource: byRoute.replace("header.Authorization", "querystring.token"),
      }),
    },
    {
      title: "a token that is not kept, where routes count",
      settings: routes,
      resources: authorizer({ type: "TOKEN", authorizerResultTtlInSeconds: 0 }),
    },
    {
      title: "a user pool, where routes count",
      settings: routes,
      resources: authorizer({ type: "COGNITO_USER_POOLS", authorizerResultTtlInSeconds: 300 }),
    },
  ],
  fail: [
    {
      title: "an hour",
      resources: authorizer({ authorizerResultTtlInSeconds: 3600 }),
      findings: [["authorizer", "authorizerResultTtlInSeconds"]],
    },
    {
      title: "the provider's default where it is too long",
      settings: { maxSeconds: 60 },
      resources: authorizer({ type: "TOKEN" }),
      findings: [["authorizer", "authorizerResultTtlInSeconds"]],
    },
    {
      title: "a negative time",
      resources: authorizer({ authorizerResultTtlInSeconds: -1 }),
      findings: [["authorizer", "authorizerResultTtlInSeconds"]],
    },
    {
      title: "a request kept for everybody",
      resources: authorizer({ type: "REQUEST", identitySource: "" }),
      findings: [["authorizer", "identitySource"]],
    },
    {
      title: "a request kept by its route and its address alone",
      resources: authorizer({ type: "REQUEST", identitySource: "context.identity.sourceIp,context.path" }),
      findings: [["authorizer", "identitySource"]],
    },
    {
      title: "a request kept by a header, where routes count",
      settings: routes,
      resources: authorizer(request),
      findings: [["authorizer", "identitySource.route"]],
    },
    {
      title: "a token kept, where routes count",
      settings: routes,
      resources: authorizer({ type: "TOKEN", authorizerResultTtlInSeconds: 60 }),
      findings: [["authorizer", "identitySource.route"]],
    },
  ],
  unknown: [
    {
      title: "a time that is not known",
      resources: authorizer({ authorizerResultTtlInSeconds: unknown }),
      findings: [["authorizer", "authorizerResultTtlInSeconds"]],
    },
    {
      title: "a source that is not known",
      resources: authorizer({ type: "REQUEST", identitySource: unknown }),
      findings: [["authorizer", "identitySource"]],
    },
    {
      title: "a type that is not known, and nobody named",
      resources: authorizer({ type: unknown, identitySource: "" }),
      findings: [["authorizer", "identitySource"]],
    },
  ],
  notApplicable: [{ title: "an API without authorizers", resources: [api] }],
});

const fn = declare("function", "fn", { name: "authorizer" });
const pools = ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123"];

const ISSUERS = [{ issuer: "https://login.example.com", audiences: ["a"] }];

testRule(authorizerType, {
  pass: [
    {
      title: "TOKEN with a function",
      resources: [fn, ...authorizer({ type: "TOKEN", authorizerUri: fn.out("invokeArn") })],
    },
    { title: "the default type with a function", resources: authorizer({ authorizerUri: "arn:aws:apigateway:x" }) },
    {
      title: "REQUEST with a function",
      resources: authorizer({ type: "REQUEST", authorizerUri: "arn:aws:apigateway:x" }),
    },
    { title: "user pools", resources: authorizer({ type: "COGNITO_USER_POOLS", providerArns: pools }) },
    {
      title: "JWT, which the provider does not name yet",
      resources: authorizer({ type: "JWT", jwtConfiguration: { issuers: ISSUERS, defaultAlgorithms: ["RS256"] } }),
    },
  ],
  fail: [
    { title: "a type nobody knows", resources: authorizer({ type: "OIDC" }), findings: [["authorizer", "type"]] },
    {
      title: "no function for the default type",
      resources: authorizer({}),
      findings: [["authorizer", "authorizerUri"]],
    },
    {
      title: "an empty function for REQUEST",
      resources: authorizer({ type: "REQUEST", authorizerUri: "" }),
      findings: [["authorizer", "authorizerUri"]],
    },
    {
      title: "no user pool",
      resources: authorizer({ type: "COGNITO_USER_POOLS", providerArns: [] }),
      findings: [["authorizer", "providerArns"]],
    },
    {
      title: "JWT for every audience",
      resources: authorizer({
        type: "JWT",
        jwtConfiguration: { issuers: [{ ...ISSUERS[0], audiences: [] }], defaultAlgorithms: ["RS256"] },
      }),
      findings: [["authorizer", "jwtConfiguration.audiences"]],
    },
    {
      title: "JWT in the form of HTTP APIs",
      resources: authorizer({
        type: "JWT",
        jwtConfiguration: { issuer: "https://login.example.com", audience: ["a"] },
      }),
      findings: [
        ["authorizer", "jwtConfiguration.issuers"],
        ["authorizer", "jwtConfiguration.defaultAlgorithms"],
      ],
    },
    {
      title: "JWT of an issuer over plain http",
      resources: authorizer({
        type: "JWT",
        jwtConfiguration: {
          issuers: [{ ...ISSUERS[0], issuer: "http://login.example.com" }],
          defaultAlgorithms: ["RS256"],
        },
      }),
      findings: [["authorizer", "jwtConfiguration.issuers"]],
    },
    {
      title: "JWT of nobody",
      resources: authorizer({ type: "JWT" }),
      findings: [
        ["authorizer", "jwtConfiguration.issuers"],
        ["authorizer", "jwtConfiguration.defaultAlgorithms"],
      ],
    },
  ],
  unknown: [
    {
      title: "a function that comes from nowhere that is known",
      resources: authorizer({ type: "TOKEN", authorizerUri: unknown }),
      findings: [["authorizer", "authorizerUri"]],
    },
    {
      title: "user pools that are not known",
      resources: authorizer({ type: "COGNITO_USER_POOLS", providerArns: unknown }),
      findings: [["authorizer", "providerArns"]],
    },
  ],
  notApplicable: [{ title: "an API without authorizers", resources: [api] }],
});

const stage = declare("stage", "stage", { restApi: api.out("id"), stageName: "live" });
const keyed = (props: object = {}, restApi: Declared = api) =>
  declare("method", "method", {
    restApi: restApi.out("id"),
    httpMethod: "ANY",
    authorization: "NONE",
    apiKeyRequired: true,
    ...props,
  });
const plan = (props: object = {}) =>
  declare("usagePlan", "plan", {
    apiStages: [{ apiId: api.out("id"), stage: stage.out("stageName") }],
    throttleSettings: { rateLimit: 5, burstLimit: 10 },
    quotaSettings: { limit: 1000, period: "DAY" },
    ...props,
  });
const staged = [api, stage];
const other = declare("restApi", "other");
const otherStage = declare("stage", "other-stage", { restApi: other.out("id"), stageName: "live" });

testRule(methodApiKey, {
  pass: [
    { title: "a key with a plan", resources: [...staged, keyed(), plan()] },
    {
      title: "a stage that a plan names by a text",
      resources: [...staged, keyed(), plan({ apiStages: [{ apiId: api.out("id"), stage: "live" }] })],
    },
    {
      title: "a plan of two stages whose APIs are not known yet",
      resources: [
        ...staged,
        other,
        otherStage,
        keyed(),
        plan({
          apiStages: [
            { apiId: api.out("id"), stage: stage.out("stageName") },
            { apiId: other.out("id"), stage: otherStage.out("stageName") },
          ],
        }),
      ],
    },
    { title: "no key", resources: [api, stage, keyed({ authorization: "AWS_IAM", apiKeyRequired: false })] },
    {
      title: "plans of another stack",
      settings: { plansManagedElsewhere: true },
      resources: [...staged, keyed()],
    },
    {
      title: "a key beside IAM, where it may not stand alone",
      settings: { keyAlone: false },
      resources: [...staged, keyed({ authorization: "AWS_IAM" }), plan()],
    },
    { title: "a plan without quota", resources: [...staged, keyed(), plan({ quotaSettings: undefined })] },
  ],
  fail: [
    { title: "no plan", resources: [...staged, keyed()], findings: [["stage", "usagePlan"]] },
    {
      title: "a plan of another API",
      resources: [
        ...staged,
        other,
        otherStage,
        keyed(),
        plan({ apiStages: [{ apiId: other.out("id"), stage: otherStage.out("stageName") }] }),
      ],
      findings: [["stage", "usagePlan"]],
    },
    {
      title: "a plan of no stage",
      resources: [...staged, keyed(), plan({ apiStages: [] })],
      findings: [["stage", "usagePlan"]],
    },
    {
      title: "a plan without throttle",
      resources: [...staged, keyed(), plan({ throttleSettings: { burstLimit: 5 } })],
      findings: [["plan", "throttleSettings.rateLimit"]],
    },
    {
      title: "a plan without quota, where one is asked",
      settings: { quotaRequired: true },
      resources: [...staged, keyed(), plan({ quotaSettings: undefined })],
      findings: [["plan", "quotaSettings.limit"]],
    },
    {
      title: "a key alone, where it may not be",
      settings: { keyAlone: false },
      resources: [...staged, keyed(), plan()],
      findings: [["method", "authorization"]],
    },
  ],
  unknown: [
    {
      title: "a plan whose stages are not known",
      resources: [...staged, keyed(), plan({ apiStages: unknown })],
      findings: [["stage", "usagePlan"]],
    },
    {
      title: "a method that may ask for a key",
      resources: [...staged, keyed({ apiKeyRequired: unknown })],
      findings: [["stage", "usagePlan"]],
    },
    {
      title: "a throttle that is not known",
      resources: [...staged, keyed(), plan({ throttleSettings: unknown })],
      findings: [["plan", "throttleSettings.rateLimit"]],
    },
  ],
  notApplicable: [{ title: "an API without methods", resources: [api, stage] }],
});

const key = (props: Readonly<Record<string, unknown>>) => [declare("apiKey", "key", props)];

testRule(apiKeyValue, {
  pass: [
    { title: "a value that AWS makes", resources: key({ name: "website" }) },
    { title: "an empty value, for which AWS makes one", resources: key({ value: "" }) },
  ],
  fail: [
    { title: "a value in the code", resources: key({ value: "0123456789abcdefghij" }), findings: [["key", "value"]] },
    {
      title: "a value that another resource's input gives",
      resources: key({ value: declare("stage", "s", { stageName: "abcdefghijklmnopqrst" }).out("stageName") }),
      findings: [["key", "value"]],
    },
  ],
  unknown: [
    { title: "a value that is not known yet", resources: key({ value: unknown }), findings: [["key", "value"]] },
  ],
  notApplicable: [{ title: "a stack without keys", resources: [api] }],
});
