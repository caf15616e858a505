import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { BufferedApi, StreamingApi, StreamingUrl, WebAcl } from "../../components/index";
import { AgentFunction } from "../../components/function/agentFunction";
import { RestApi } from "../../components/rest/restApi";
import { timeouts } from "../../contract/aws/timeouts";
import { REST_PATHS } from "../../contract/wire/routes";
import { TYPES, type Graph } from "../../local/program/graph";
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
} from "../support/program/components";

const THROTTLE = { rateLimit: 50, burstLimit: 100 };
const REST = { agentRuntimeArn: RUNTIME_ARN, auth: "iam", webAclArn: "arn:aws:wafv2:acl", throttle: THROTTLE } as const;

for (const { mode, preview } of MODES) {
  describe(`components, ${mode}`, () => {
    describe("AgentFunction", () => {
      let graph: Graph;
      before(async () => {
        graph = await record(preview, () => {
          new AgentFunction("agent", {
            agentRuntimeArn: RUNTIME_ARN,
            door: "streamingUrl",
            entry: "streaming",
            timeouts: timeouts("streaming", 300),
          });
        });
      });

      it("is a function, a log group, a role and one policy", () => {
        assert.deepEqual(counts(graph), {
          [TYPES.function]: 1,
          [TYPES.logGroup]: 1,
          [TYPES.role]: 1,
          [TYPES.rolePolicy]: 1,
        });
        assertSound(graph);
      });

      it("runs the bundle on nodejs24.x arm64 with the door's timeout", async () => {
        const fn = only(graph, TYPES.function);
        const { runtime, architectures, handler, timeout, memorySize } = fn.inputs;
        assert.deepEqual(
          { runtime, architectures, handler, timeout, memorySize },
          { runtime: "nodejs24.x", architectures: ["arm64"], handler: "index.handler", timeout: 300, memorySize: 512 },
        );
        const code = fn.inputs["code"] as pulumi.asset.AssetArchive;
        const { "index.mjs": bundle } = (await code.assets) as Record<string, pulumi.asset.StringAsset>;
        assert.ok(bundle, "the archive holds index.mjs");
        const source = await bundle.text;
        assert.match(source, /streamifyResponse/);
        assert.doesNotMatch(
          source,
          /@pulumi|sts\.amazonaws|sso\.amazonaws/,
          "the bundle brings no Pulumi and no unused credential provider",
        );
        assert.doesNotMatch(source, /^import .*"(node:)?http"/m, "a static import of http would load undici at init");
      });

      it("logs to its own group, kept for 30 days", () => {
        assert.equal(only(graph, TYPES.logGroup).inputs["retentionInDays"], 30);
        assert.deepEqual(sources(graph, only(graph, TYPES.function), "loggingConfig"), ["LogGroup agent-logs"]);
      });

      it("may invoke exactly the runtime and its endpoints, and write its own log", () => {
        const policy = wire(only(graph, TYPES.rolePolicy))["policy"];
        if (preview) {
          assert.equal(policy, UNKNOWN);
          return;
        }
        const { Statement } = JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] };
        assert.deepEqual(
          Statement.map(({ Effect, Action, Resource }) => ({ Effect, Action, Resource })),
          [
            {
              Effect: "Allow",
              Action: ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:StopRuntimeSession"],
              Resource: [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/*`],
            },
            {
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: `${String(only(graph, TYPES.logGroup).outputs["arn"])}:*`,
            },
            { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
          ],
        );
      });

      it("has its rights before it can be invoked", () => {
        assert.ok(only(graph, TYPES.function).dependencies.includes(only(graph, TYPES.rolePolicy).urn));
      });
    });

    describe("StreamingUrl", () => {
      const callers = ["arn:aws:iam::123456789012:role/partner", "210987654321"];
      const principals = ["arn:aws:iam::123456789012:role/partner", "arn:aws:iam::210987654321:root"];
      let graph: Graph;
      before(async () => {
        graph = await record(preview, () => {
          new StreamingUrl("url", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 900, callers });
        });
      });

      it("streams, and answers to signed requests only", () => {
        assertSound(graph);
        const url = only(graph, TYPES.functionUrl);
        assert.equal(url.inputs["authorizationType"], "AWS_IAM");
        assert.equal(url.inputs["invokeMode"], "RESPONSE_STREAM");
        assert.deepEqual(sources(graph, url, "functionName"), ["Function url-fn"]);
      });

      it("gives each caller both permissions and nobody else any", () => {
        const grants = graph.all(TYPES.permission).map(({ inputs, outputs }) => ({
          principal: outputs["principal"],
          action: inputs["action"],
          condition: inputs["functionUrlAuthType"] ?? inputs["invokedViaFunctionUrl"],
        }));
        assert.equal(grants.length, 2 * principals.length);
        for (const principal of principals) {
          assert.deepEqual(
            new Map(
              grants.filter((grant) => grant.principal === principal).map((grant) => [grant.action, grant.condition]),
            ),
            new Map<unknown, unknown>([
              ["lambda:InvokeFunctionUrl", "AWS_IAM"],
              ["lambda:InvokeFunction", true],
            ]),
          );
        }
      });
    });

    for (const [name, Door, transferMode, timeoutMilliseconds] of [
      ["BufferedApi", BufferedApi, "BUFFERED", 29_000],
      ["StreamingApi", StreamingApi, "STREAM", 300_000],
    ] as const) {
      describe(name, () => {
        let graph: Graph;
        before(async () => {
          graph = await record(preview, () => {
            new Door("door", { ...REST, maxDurationSeconds: timeoutMilliseconds / 1000 });
          });
        });

        it("integrates every route in its transfer mode, with its timeout", () => {
          assertSound(graph);
          assert.equal(graph.all(TYPES.integration).length, graph.all(TYPES.method).length);
          for (const integration of graph.all(TYPES.integration)) {
            assert.equal(integration.inputs["type"], "AWS_PROXY");
            assert.equal(integration.inputs["responseTransferMode"], transferMode);
            assert.equal(integration.inputs["timeoutMilliseconds"], timeoutMilliseconds);
            assert.deepEqual(sources(graph, integration, "uri"), ["Function door-fn"]);
            const version =
              transferMode === "STREAM" ? /2021-11-15.*response-streaming-invocations$/ : /2015-03-31.*invocations$/;
            if (!preview) assert.match(String(integration.inputs["uri"]), version);
          }
        });

        it("runs the function as long as the integration waits", () => {
          assert.equal(only(graph, TYPES.function).inputs["timeout"], timeoutMilliseconds / 1000);
        });
      });
    }

    for (const auth of ["iam", "apiKey"] as const) {
      describe(`RestApi with ${auth}`, () => {
        let graph: Graph;
        before(async () => {
          graph = await record(preview, () => {
            const acl = new WebAcl("acl");
            new RestApi("api", {
              functionName: "fn",
              uri: "uri",
              responseTransferMode: "BUFFERED",
              timeoutMilliseconds: 29_000,
              auth,
              webAclArn: acl.arn,
              throttle: THROTTLE,
              logRetentionInDays: 30,
            });
          });
        });

        it("has no open route", () => {
          assertSound(graph);
          const methods = graph.all(TYPES.method);
          assert.equal(methods.length, REST_PATHS.flatMap((path) => path.methods).length);
          for (const { inputs } of methods) {
            assert.deepEqual(
              [inputs["authorization"], inputs["apiKeyRequired"]],
              auth === "iam" ? ["AWS_IAM", false] : ["NONE", true],
            );
          }
        });

        it("is regional and validates the body of POST /invoke", () => {
          assert.deepEqual(only(graph, TYPES.restApi).inputs["endpointConfiguration"], { types: "REGIONAL" });
          const [post] = graph.where(TYPES.method, "httpMethod", "POST");
          assert.ok(post);
          assert.deepEqual(sources(graph, post, "requestValidatorId"), ["RequestValidator api-validator"]);
          const schema = JSON.parse(String(only(graph, TYPES.model).inputs["schema"])) as Record<string, unknown>;
          assert.deepEqual(schema["required"], ["prompt"]);
        });

        it("deploys after all that it serves, and again when any of it changes", () => {
          const deployment = only(graph, TYPES.deployment);
          const served = [TYPES.method, TYPES.integration, TYPES.model, TYPES.requestValidator, TYPES.response].flatMap(
            (type) => graph.all(type),
          );
          for (const { urn, name } of served)
            assert.ok(deployment.dependencies.includes(urn), `the deployment depends on ${name}`);
          const { served: trigger } = wire(deployment)["triggers"] as { served: string };
          assert.match(trigger, preview ? new RegExp(UNKNOWN) : /^[0-9a-f]{64}$/);
        });

        it("associates the web ACL with the stage's own ARN", () => {
          const association = only(graph, TYPES.webAclAssociation);
          assert.deepEqual(sources(graph, association, "resourceArn"), ["Stage api-stage"]);
          assert.deepEqual(sources(graph, association, "webAclArn"), ["WebAcl acl"]);
        });

        it("throttles every route and keeps prompts out of the execution log", () => {
          const settings = only(graph, TYPES.methodSettings);
          assert.deepEqual(settings.inputs["settings"], {
            throttlingRateLimit: 50,
            throttlingBurstLimit: 100,
            loggingLevel: "OFF",
            dataTraceEnabled: false,
            metricsEnabled: true,
          });
          assert.equal(settings.inputs["methodPath"], "*/*");
        });

        it("writes an access log that parses and holds no secret", () => {
          const { format } = only(graph, TYPES.stage).inputs["accessLogSettings"] as { format: string };
          const line = JSON.parse(
            format.replace(/\$context\.[\w.]+/g, (name) => (format.includes(`"${name}"`) ? name : "1")),
          ) as object;
          assert.ok("request_id" in line && "status" in line && "caller" in line);
          assert.doesNotMatch(format, /authorizer\.(?!principalId"|claims\.sub")/);
          assert.doesNotMatch(format, /identity\.apiKey[^I]|requestOverride|responseOverride|error\.message/);
        });

        it("lets API Gateway invoke the function for this stage only", () => {
          const permission = only(graph, TYPES.permission);
          assert.equal(permission.inputs["principal"], "apigateway.amazonaws.com");
          assert.deepEqual(sources(graph, permission, "sourceArn"), ["RestApi api"]);
          if (!preview) assert.match(String(permission.inputs["sourceArn"]), /:[0-9a-f]{10}\/live\/\*$/);
        });
      });
    }

    describe("WebAcl", () => {
      let rules: { name: string; action?: object; statement: Record<string, unknown> }[];
      before(async () => {
        const graph = await record(preview, () => new WebAcl("acl", { rateLimitPerFiveMinutes: 77 }));
        assertSound(graph);
        rules = only(graph, TYPES.webAcl).inputs["rules"] as typeof rules;
      });

      it("blocks by size and rate, and only counts the body rules that take prompts for attacks", () => {
        const names = rules.map(({ name }) => name);
        assert.deepEqual(names, [
          "body-size",
          "rate",
          "AWSManagedRulesAmazonIpReputationList",
          "AWSManagedRulesKnownBadInputsRuleSet",
          "AWSManagedRulesCommonRuleSet",
        ]);
        const counted = rules.flatMap(({ statement }) => {
          const { ruleActionOverrides = [] } = (statement["managedRuleGroupStatement"] ?? {}) as {
            ruleActionOverrides?: { name: string; actionToUse: { count?: object } }[];
          };
          return ruleActionOverrides.filter(({ actionToUse }) => actionToUse.count).map(({ name }) => name);
        });
        assert.equal(counted.length, 8);
        for (const name of counted) assert.match(name, /_BODY$/);
      });

      it("blocks by the size that the doors accept, and counts what it cannot see if they accept more than its window", async () => {
        for (const [maxBodyBytes, size, action] of [
          [20_000, 20_000, "block"],
          [65_536, 65_536, "block"],
          [65_537, 65_536, "count"],
          [4_000_000, 65_536, "count"],
        ] as const) {
          const graph = await record(preview, () => new WebAcl("acl", { maxBodyBytes }));
          const { inputs } = only(graph, TYPES.webAcl);
          const [rule] = inputs["rules"] as { action: object; statement: { sizeConstraintStatement: object } }[];
          assert.deepEqual(Object.keys(rule?.action ?? {}), [action]);
          const { size: limit, fieldToMatch } = rule?.statement.sizeConstraintStatement as Record<string, unknown>;
          assert.deepEqual([limit, fieldToMatch], [size, { body: { oversizeHandling: "MATCH" } }]);
          assert.match(JSON.stringify(inputs["customResponseBodies"]), new RegExp(`It accepts ${maxBodyBytes} bytes`));
        }
      });

      it("takes what lies beyond its window for too large", () => {
        const [size] = rules;
        assert.deepEqual(size?.statement["sizeConstraintStatement"], {
          comparisonOperator: "GT",
          size: 65_536,
          fieldToMatch: { body: { oversizeHandling: "MATCH" } },
          textTransformations: [{ priority: 0, type: "NONE" }],
        });
      });
    });

    it("two of everything live in one stack", async () => {
      const graph = await record(preview, () => {
        for (const name of ["a", "b"]) {
          const acl = new WebAcl(`${name}-acl`);
          new BufferedApi(`${name}-buffered`, { ...REST, auth: "apiKey", webAclArn: acl.arn, maxDurationSeconds: 29 });
          new StreamingApi(`${name}-streaming`, { ...REST, webAclArn: acl.arn, maxDurationSeconds: 300 });
          new StreamingUrl(`${name}-url`, { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300 });
        }
      });
      assertSound(graph);
      assert.equal(graph.all(TYPES.function).length, 6);
      assert.equal(graph.all(TYPES.webAclAssociation).length, 4);
    });
  });
}

describe("RestApi's deployment trigger", () => {
  const triggerWith = async (change: object): Promise<unknown> => {
    const graph = await record(false, () => {
      new RestApi("api", {
        functionName: "fn",
        uri: "uri",
        responseTransferMode: "BUFFERED",
        timeoutMilliseconds: 29_000,
        auth: "iam",
        webAclArn: "acl",
        throttle: THROTTLE,
        logRetentionInDays: 30,
        ...change,
      });
    });
    return wire(only(graph, TYPES.deployment))["triggers"];
  };

  it("is the same for the same program", async () => {
    assert.deepEqual(await triggerWith({}), await triggerWith({}));
  });

  for (const change of [
    { auth: "apiKey" },
    { uri: "other" },
    { responseTransferMode: "STREAM" },
    { timeoutMilliseconds: 5_000 },
    // This disables the API's default endpoint, which takes effect only with a deployment.
    { domain: { domainName: "agent.example.com" } },
    { cors: { origins: ["https://app.example.com"], mappedHeaders: [] } },
    { resourcePolicy: { denyIps: ["203.0.113.0/24"] } },
    { vpcEndpointIds: ["vpce-1"] },
  ]) {
    it(`changes with ${Object.keys(change).join()}`, async () => {
      assert.notDeepEqual(await triggerWith(change), await triggerWith({}));
    });
  }
});
