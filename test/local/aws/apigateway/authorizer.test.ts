import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { Issuers } from "../../../../local/aws/cognito/issuers";
import { Authorizers, type AuthorizationRequest } from "../../../../local/aws/apigateway/authorizer";
import { PolicyError, readAuthorizerResult } from "../../../../local/aws/apigateway/authorizerResult";
import { Graph, TYPES, type Resource } from "../../../../local/program/graph";
import type { FunctionDouble } from "../../../../local/aws/lambda/function";
import type { Outcome } from "../../../../local/aws/lambda/runtimeApi";

const API = "arn:aws:execute-api:us-east-1:123456789012:api1";
const METHOD = `${API}/live/POST/invoke`;
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:judge";

const policy = (Effect: string, Resource: string | string[] = `${API}/live/*`, more: object = {}): object => ({
  Statement: [{ Effect, Action: "execute-api:Invoke", Resource, ...more }],
});
const read = (answer: unknown) => readAuthorizerResult(Buffer.from(JSON.stringify(answer)), 5);
const answer = (policyDocument: unknown, more: object = {}): object => ({
  principalId: "ann",
  policyDocument,
  ...more,
});

describe("the answer of a Lambda authorizer", () => {
  for (const [title, document, allowed] of [
    ["allow of the stage", policy("Allow"), true],
    ["allow of the method", policy("Allow", METHOD), true],
    ["allow of all", policy("Allow", "*"), true],
    ["one of several resources", policy("Allow", ["x", METHOD]), true],
    ["allow of another method", policy("Allow", `${API}/live/GET/invoke`), false],
    ["allow of another stage", policy("Allow", `${API}/test/*`), false],
    ["allow of another action", { Statement: { Effect: "Allow", Action: "execute-api:Manage", Resource: "*" } }, false],
    ["deny", policy("Deny"), false],
    [
      "deny beside allow",
      { Statement: ["Allow", "Deny"].map((Effect) => ({ Effect, Action: "*", Resource: "*" })) },
      false,
    ],
  ] as const) {
    it(`${allowed ? "opens" : "closes"} with ${title}`, () => {
      assert.equal(read(answer(document)).allows(METHOD), allowed);
    });
  }

  it("gives the function its context as texts, and cannot forge the principal", () => {
    const { context } = read(answer(policy("Allow"), { context: { n: 1, b: true, principalId: "root" } }));
    assert.deepEqual(context, { n: "1", b: "true", principalId: "ann", integrationLatency: 5 });
  });

  for (const wrong of [
    null,
    "Allow",
    {},
    { policyDocument: policy("Allow") },
    answer(undefined),
    answer({ Statement: [] }),
    answer({ Statement: [null] }),
    answer(policy("allow")),
    answer(policy("Allow", METHOD, { Condition: {} })),
    answer({ Statement: [{ Effect: "Allow", NotAction: "x", Resource: "*" }] }),
    answer({ Statement: [{ Effect: "Allow", Action: 1, Resource: "*" }] }),
    answer(policy("Allow"), { context: { roles: ["a"] } }),
    answer(policy("Allow"), { context: { nothing: null } }),
  ]) {
    it(`is refused as AWS refuses it: ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => read(wrong), PolicyError);
    });
  }
});

describe("an authorizer of type TOKEN", () => {
  const resource = (type: string, id: string, inputs: object, outputs: object = {}): Resource => ({
    urn: `urn:${type}:${id}`,
    type,
    name: id,
    parent: "",
    custom: true,
    protect: false,
    ignoreChanges: [],
    id,
    inputs: inputs as Resource["inputs"],
    outputs: { ...inputs, ...outputs },
    wire: undefined,
    computed: {},
    dependencies: [],
    propertyDependencies: new Map(),
  });

  interface Case {
    readonly authorizer?: object;
    readonly permission?: object | null;
    readonly outcomes?: readonly Outcome[];
  }
  const allow: Outcome = { kind: "payload", body: Buffer.from(JSON.stringify(answer(policy("Allow", METHOD)))) };

  const made = async ({ authorizer, permission = {}, outcomes = [allow] }: Case) => {
    const events: object[] = [];
    const restApi = resource(TYPES.restApi, "api1", {}, { executionArn: API });
    const graph = new Graph([
      restApi,
      resource(TYPES.function, "judge", {}, { arn: FUNCTION }),
      resource(TYPES.authorizer, "auth1", {
        restApi: "api1",
        type: "TOKEN",
        authorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`,
        authorizerResultTtlInSeconds: 60,
        ...authorizer,
      }),
      ...(permission
        ? [
            resource(TYPES.permission, "p", {
              function: "judge",
              action: "lambda:InvokeFunction",
              principal: "apigateway.amazonaws.com",
              sourceArn: `${API}/authorizers/auth1`,
              ...permission,
            }),
          ]
        : []),
    ]);
    const fn = {
      name: "judge",
      arn: FUNCTION,
      invoke: (event: object) => {
        const outcome = outcomes[Math.min(events.length, outcomes.length - 1)];
        events.push(event);
        return Promise.resolve(outcome);
      },
    } as unknown as FunctionDouble;
    const authorizers = new Authorizers(graph, restApi, [fn], await Issuers.start(graph));
    const decide = async (token: string | undefined, methodArn = METHOD, id = "auth1") => {
      const rawHeaders = token === undefined ? [] : ["Authorization", token];
      const asked: AuthorizationRequest = {
        request: { rawHeaders } as unknown as IncomingMessage,
        scopes: [],
        methodArn,
      };
      const decision = await authorizers.decide(id, asked);
      return "type" in decision ? decision.type : decision.authorizer["principalId"];
    };
    return { decide, events };
  };

  it("is asked with the token and the method, and not again for a token that it knows", async () => {
    const { decide, events } = await made({});
    assert.equal(await decide("t1"), "ann");
    assert.equal(await decide("t1"), "ann");
    assert.deepEqual(events, [{ type: "TOKEN", authorizationToken: "t1", methodArn: METHOD }]);
    assert.equal(await decide("t2"), "ann");
    assert.equal(events.length, 2);
  });

  it("is judged by the kept policy on another route", async () => {
    const { decide, events } = await made({});
    assert.equal(await decide("t1"), "ann");
    assert.equal(await decide("t1", `${API}/live/GET/health`), "ACCESS_DENIED");
    assert.equal(events.length, 1);
  });

  it("is asked each time without a cache", async () => {
    const { decide, events } = await made({ authorizer: { authorizerResultTtlInSeconds: 0 } });
    await decide("t1");
    await decide("t1");
    assert.equal(events.length, 2);
  });

  it("keeps no failure", async () => {
    const unauthorized: Outcome = { kind: "error", error: { errorType: "Error", errorMessage: "Unauthorized" } };
    const { decide } = await made({ outcomes: [unauthorized, allow] });
    assert.equal(await decide("t1"), "UNAUTHORIZED");
    assert.equal(await decide("t1"), "ann");
  });

  for (const [title, given, token, expected] of [
    ["no token", {}, undefined, "UNAUTHORIZED"],
    ["an empty token", {}, "", "UNAUTHORIZED"],
    ["a token that does not match", { authorizer: { identityValidationExpression: "^a+$" } }, "aab", "UNAUTHORIZED"],
    ["a token that matches in part", { authorizer: { identityValidationExpression: "a+" } }, "aab", "UNAUTHORIZED"],
    ["no permission", { permission: null }, "t", "AUTHORIZER_CONFIGURATION_ERROR"],
    [
      "a permission for another authorizer",
      { permission: { sourceArn: `${API}/authorizers/auth2` } },
      "t",
      "AUTHORIZER_CONFIGURATION_ERROR",
    ],
    ["a permission for an alias", { permission: { qualifier: "live" } }, "t", "AUTHORIZER_CONFIGURATION_ERROR"],
    [
      "a permission for the stage only",
      { permission: { sourceArn: `${API}/live/*` } },
      "t",
      "AUTHORIZER_CONFIGURATION_ERROR",
    ],
    [
      "any other error than Unauthorized",
      { outcomes: [{ kind: "error", error: { errorType: "Error", errorMessage: "unauthorized" } }] },
      "t",
      "AUTHORIZER_CONFIGURATION_ERROR",
    ],
    [
      "an answer that is no policy",
      { outcomes: [{ kind: "payload", body: Buffer.from("true") }] },
      "t",
      "AUTHORIZER_CONFIGURATION_ERROR",
    ],
    ["an authorizer of another API", { authorizer: { restApi: "api2" } }, "t", "AUTHORIZER_CONFIGURATION_ERROR"],
  ] as [string, Case, string | undefined, string][]) {
    it(`says ${expected} to ${title}`, async () => {
      const { decide } = await made(given);
      assert.equal(await decide(token), expected);
    });
  }
});
