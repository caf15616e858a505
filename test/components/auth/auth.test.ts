import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  ApiKeys,
  BufferedApi,
  FrontDoor,
  stackOutputs,
  JwtAuthorizer,
  StreamingApi,
  UserPool,
  type InboundAuthArgs,
} from "../../../components/index";
import type { StackConfig } from "../../../contract/config/schema";
import { REST_PATHS } from "../../../contract/wire/routes";
import { TYPES, type Graph } from "../../../local/program/graph";
import {
  assertSound,
  counts,
  MODES,
  only,
  record,
  RUNTIME_ARN,
  sources,
  UNKNOWN,
  wire,
} from "../../support/program/components";

const THROTTLE = { rateLimit: 50, burstLimit: 100 };
const REST = {
  agentRuntimeArn: RUNTIME_ARN,
  webAclArn: "arn:aws:wafv2:acl",
  throttle: THROTTLE,
  maxDurationSeconds: 29,
};
const FUNCTION = {
  functionName: "judge",
  invokeArn: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
};

for (const { mode, preview } of MODES) {
  describe(`inbound auth, ${mode}`, () => {
    describe("ApiKeys", () => {
      const secrets: Record<string, boolean> = {};
      let graph: Graph;
      before(async () => {
        graph = await record(preview, async () => {
          const { values } = new ApiKeys("keys", {
            keys: { website: {}, partner: { rateLimit: 2, quota: { limit: 1000, period: "DAY" } } },
            stages: [
              { apiId: "a", stage: "live" },
              { apiId: "b", stage: "live" },
            ],
            throttle: THROTTLE,
          });
          for (const [name, value] of Object.entries(values)) secrets[name] = await pulumi.isSecret(value);
        });
      });

      it("gives each key a plan of its own that opens every stage", () => {
        assertSound(graph);
        assert.deepEqual(counts(graph), { [TYPES.apiKey]: 2, [TYPES.usagePlan]: 2, [TYPES.usagePlanKey]: 2 });
        const [partner, website] = graph.all(TYPES.usagePlan).map(({ inputs }) => inputs);
        assert.ok(partner && website);
        assert.deepEqual(partner["throttleSettings"], { rateLimit: 2, burstLimit: 100 });
        assert.deepEqual(partner["quotaSettings"], { limit: 1000, period: "DAY" });
        assert.deepEqual(website["throttleSettings"], THROTTLE);
        assert.ok(!("quotaSettings" in website));
        for (const plan of [partner, website]) assert.equal((plan["apiStages"] as object[]).length, 2);
      });

      it("lets AWS make the values, and keeps each secret", () => {
        for (const { inputs } of graph.all(TYPES.apiKey)) assert.ok(!("value" in inputs));
        assert.deepEqual(secrets, { website: true, partner: true });
      });

      it("refuses a name that cannot stand in a resource's", async () => {
        await assert.rejects(
          record(preview, () => new ApiKeys("keys", { keys: { "a/b": {} }, stages: [], throttle: THROTTLE })),
          /`keys` of keys names "a\/b"\. Use up to 64 letters/,
        );
      });
    });

    describe("UserPool", () => {
      const made = async (args: object): Promise<Graph> => await record(preview, () => new UserPool("pool", args));

      it("has no open sign-up, strong passwords, and does not go by accident", async () => {
        const graph = await made({});
        assertSound(graph);
        const { inputs } = only(graph, TYPES.userPool);
        assert.deepEqual(inputs["adminCreateUserConfig"], { allowAdminCreateUserOnly: true });
        assert.equal((inputs["passwordPolicy"] as { minimumLength: number }).minimumLength, 14);
        assert.equal(inputs["deletionProtection"], "ACTIVE");
        assert.equal(
          only(await made({ deletionProtection: false }), TYPES.userPool).inputs["deletionProtection"],
          "INACTIVE",
        );
      });

      it("gives a machine a client with a secret, and the one scope", async () => {
        let secret: boolean | undefined;
        const graph = await record(preview, async () => {
          const { clientSecret } = new UserPool("pool");
          assert.ok(clientSecret);
          secret = await pulumi.isSecret(clientSecret);
        });
        assert.equal(secret, true);
        const { inputs } = only(graph, TYPES.userPoolClient);
        assert.deepEqual(
          [inputs["allowedOauthFlows"], inputs["generateSecret"], inputs["allowedOauthScopes"]],
          [["client_credentials"], true, ["agent/invoke"]],
        );
        assert.ok(!("callbackUrls" in inputs));
      });

      it("gives an app a client without a secret, for codes that PKCE protects", async () => {
        const callbackUrls = ["https://app.example.com/in"];
        const graph = await record(preview, () => {
          assert.equal(new UserPool("pool", { callbackUrls }).clientSecret, undefined);
        });
        const { inputs } = only(graph, TYPES.userPoolClient);
        assert.deepEqual(
          [inputs["allowedOauthFlows"], inputs["generateSecret"], inputs["allowedOauthScopes"], inputs["callbackUrls"]],
          [["code"], false, ["openid", "agent/invoke"], callbackUrls],
        );
        assert.deepEqual(inputs["explicitAuthFlows"], ["ALLOW_REFRESH_TOKEN_AUTH"], "no client sends a password");
      });

      it("waits with its client until the scope is there, and has a domain that no other pool can have", async () => {
        const graph = await made({});
        const scopes = sources(graph, only(graph, TYPES.userPoolClient), "allowedOauthScopes");
        assert.deepEqual(scopes, ["ResourceServer pool-server"]);
        const domain = only(graph, TYPES.userPoolDomain);
        assert.deepEqual(sources(graph, domain, "domain"), ["UserPool pool"]);
        if (!preview) assert.match(String(domain.inputs["domain"]), /^agent-[0-9a-f]{20}$/);
      });
    });

    describe("JwtAuthorizer", () => {
      let graph: Graph;
      before(async () => {
        graph = await record(preview, () => {
          new JwtAuthorizer("judge", { issuer: "https://login.example.com/", audience: ["agent"] });
        });
      });

      it("is a function with a log group of its own, and the right to write there and nothing else", () => {
        assertSound(graph);
        assert.deepEqual(counts(graph), {
          [TYPES.function]: 1,
          [TYPES.logGroup]: 1,
          [TYPES.role]: 1,
          [TYPES.rolePolicy]: 1,
        });
        const fn = only(graph, TYPES.function);
        assert.deepEqual(sources(graph, fn, "loggingConfig"), ["LogGroup judge-logs"]);
        assert.ok(fn.dependencies.includes(only(graph, TYPES.rolePolicy).urn));
        const policy = wire(only(graph, TYPES.rolePolicy))["policy"];
        if (preview) {
          assert.equal(policy, UNKNOWN);
          return;
        }
        assert.deepEqual((JSON.parse(String(policy)) as { Statement: unknown }).Statement, [
          {
            Sid: "WriteLog",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `${String(only(graph, TYPES.logGroup).outputs["arn"])}:*`,
          },
        ]);
      });

      it("is told whom to trust", () => {
        const { variables } = only(graph, TYPES.function).inputs["environment"] as {
          variables: Record<string, string>;
        };
        assert.deepEqual(JSON.parse(variables["JWT_SETTINGS"] ?? ""), {
          issuer: "https://login.example.com/",
          audience: ["agent"],
          scopes: [],
        });
      });
    });

    describe("a REST door", () => {
      const door = async (auth: InboundAuthArgs): Promise<Graph> =>
        await record(preview, () => new StreamingApi("door", { ...REST, ...auth }));
      const auths: [InboundAuthArgs, string, boolean][] = [
        [{ auth: "iam" }, "AWS_IAM", false],
        [{ auth: "iam", apiKeyRequired: true }, "AWS_IAM", true],
        [{ auth: "apiKey" }, "NONE", true],
        [{ auth: "apiKey", apiKeyRequired: false }, "NONE", true],
        [{ auth: "cognito", authorizer: { userPoolArn: "pool", scopes: ["a/b"] } }, "COGNITO_USER_POOLS", false],
        [{ auth: "jwt", authorizer: FUNCTION }, "CUSTOM", false],
        [{ auth: "custom", apiKeyRequired: true, authorizer: FUNCTION }, "CUSTOM", true],
      ];
      for (const [auth, authorization, key] of auths) {
        it(`has no open route with ${JSON.stringify(auth).slice(0, 60)}`, async () => {
          const graph = await door(auth);
          assertSound(graph);
          const methods = graph.all(TYPES.method);
          assert.equal(methods.length, REST_PATHS.flatMap((path) => path.methods).length);
          for (const method of methods) {
            assert.deepEqual([method.inputs["authorization"], method.inputs["apiKeyRequired"]], [authorization, key]);
            const wanted = /CUSTOM|COGNITO/.test(authorization) ? ["Authorizer door-authorizer"] : [];
            assert.deepEqual(sources(graph, method, "authorizerId"), wanted);
          }
          const deployment = only(graph, TYPES.deployment);
          for (const { urn } of graph.all(TYPES.authorizer)) assert.ok(deployment.dependencies.includes(urn));
        });
      }

      it("lets its authorizer alone ask the function, and keeps nothing unless told", async () => {
        const graph = await door({
          auth: "custom",
          authorizer: { ...FUNCTION, qualifier: "live", identityHeader: "X-Token" },
        });
        const { inputs } = only(graph, TYPES.authorizer);
        assert.deepEqual(
          [inputs["type"], inputs["identitySource"], inputs["authorizerResultTtlInSeconds"]],
          ["TOKEN", "method.request.header.X-Token", 0],
        );
        const permission = graph.all(TYPES.permission).find(({ name }) => name === "door-authorizer-permission");
        assert.ok(permission);
        assert.equal(permission.inputs["qualifier"], "live");
        assert.deepEqual(sources(graph, permission, "sourceArn").sort(), [
          "Authorizer door-authorizer",
          "RestApi door",
        ]);
        if (!preview) assert.match(String(permission.inputs["sourceArn"]), /:[0-9a-f]{10}\/authorizers\/[0-9a-f]{10}$/);
      });

      it("tells preflights of another identity header", async () => {
        const graph = await door({
          auth: "custom",
          authorizer: { ...FUNCTION, identityHeader: "X-Token" },
          ...{ policy: { corsOrigins: ["https://app.example.com"] } },
        });
        const [preflight] = graph.all(TYPES.integrationResponse);
        assert.match(JSON.stringify(preflight?.inputs["responseParameters"]), /Access-Control-Allow-Headers.*X-Token/);
        for (const { inputs } of graph.where(TYPES.method, "httpMethod", "OPTIONS"))
          assert.equal(inputs["authorization"], "NONE");
      });

      for (const [auth, says] of [
        [{ auth: "none" }, /`auth` of door is "none"\. Use iam, apiKey, cognito, jwt or custom/],
        [{ auth: "cognito" }, /needs `authorizer\.userPoolArn` and `authorizer\.scopes`/],
        [{ auth: "cognito", authorizer: { userPoolArn: "pool", scopes: [] } }, /needs .*`authorizer\.scopes`/],
        [{ auth: "jwt" }, /needs `authorizer\.functionName` and `authorizer\.invokeArn`/],
        [{ auth: "custom", authorizer: { functionName: "f" } }, /needs .*`authorizer\.invokeArn`/],
      ] as [InboundAuthArgs, RegExp][]) {
        it(`refuses ${JSON.stringify(auth)}`, async () => {
          await assert.rejects(door(auth), says);
        });
      }

      it("deploys anew when its authorizer changes", async () => {
        if (preview) return;
        const trigger = async (cacheSeconds: number): Promise<unknown> =>
          wire(only(await door({ auth: "jwt", authorizer: { ...FUNCTION, cacheSeconds } }), TYPES.deployment))[
            "triggers"
          ];
        assert.deepEqual(await trigger(60), await trigger(60));
        assert.notDeepEqual(await trigger(60), await trigger(0));
      });
    });

    describe("FrontDoor", () => {
      const outputsOf = async (config: Partial<StackConfig>): Promise<Record<string, unknown>> => {
        const secrets: Record<string, unknown> = {};
        await record(preview, async () => {
          const outputs = stackOutputs(
            new FrontDoor("front", {
              agentRuntimeArn: RUNTIME_ARN,
              doors: ["bufferedApi", "streamingApi"],
              ...config,
            }),
          );
          for (const [name, value] of Object.entries(outputs)) {
            secrets[name] = pulumi.Output.isInstance(value)
              ? await pulumi.isSecret(value)
              : Object.fromEntries(
                  await Promise.all(
                    Object.entries(value as Record<string, pulumi.Output<string>>).map(
                      async ([key, each]) => [key, await pulumi.isSecret(each)] as const,
                    ),
                  ),
                );
          }
        });
        return secrets;
      };
      const urls = { bufferedApiUrl: false, streamingApiUrl: false };

      for (const [title, config, expected] of [
        ["iam", {}, urls],
        ["one key", { apiAuth: "apiKey" }, { ...urls, apiKeys: { default: true } }],
        ["named keys beside signatures", { apiKeys: { a: {}, b: {} } }, { ...urls, apiKeys: { a: true, b: true } }],
        ["no key without a REST door", { apiAuth: "apiKey", doors: ["streamingUrl"] }, { streamingUrl: false }],
        [
          "a machine's pool",
          { apiAuth: "cognito" },
          { ...urls, userPoolId: false, userPoolClientId: false, userPoolClientSecret: true, tokenEndpoint: false },
        ],
        [
          "an app's pool",
          { apiAuth: "cognito", cognito: { callbackUrls: ["https://app.example.com"] } },
          { ...urls, userPoolId: false, userPoolClientId: false, tokenEndpoint: false },
        ],
        ["an issuer", { apiAuth: "jwt", jwt: { issuer: "https://login.example.com", audience: ["a"] } }, urls],
      ] as [string, Partial<StackConfig>, object][]) {
        it(`shows what clients need, and keeps secret what is: ${title}`, async () => {
          assert.deepEqual(await outputsOf(config), expected);
        });
      }
    });

    it("two of everything live in one stack", async () => {
      const graph = await record(preview, () => {
        for (const name of ["a", "b"]) {
          const judge = new JwtAuthorizer(`${name}-judge`, {
            issuer: "https://login.example.com",
            audience: ["agent"],
          });
          const pool = new UserPool(`${name}-pool`);
          const { functionName, invokeArn } = judge;
          const jwt = new BufferedApi(`${name}-jwt`, {
            ...REST,
            auth: "jwt",
            apiKeyRequired: true,
            authorizer: { functionName, invokeArn },
          });
          const cognito = new StreamingApi(`${name}-cognito`, {
            ...REST,
            auth: "cognito",
            authorizer: { userPoolArn: pool.arn, scopes: [pool.scope] },
          });
          const stages = [jwt, cognito].map(({ apiId, stageName }) => ({ apiId, stage: stageName }));
          new ApiKeys(`${name}-keys`, { keys: { partner: {} }, stages, throttle: THROTTLE });
        }
      });
      assertSound(graph);
      assert.equal(graph.all(TYPES.authorizer).length, 4);
      assert.equal(graph.all(TYPES.usagePlan).length, 2);
    });
  });
}
