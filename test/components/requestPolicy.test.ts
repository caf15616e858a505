import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { BufferedApi, StreamingApi, StreamingUrl, WebAcl } from "../../components/index";
import { AgentFunction } from "../../components/function/agentFunction";
import type { DoorPolicy } from "../../contract/runtime/doorPolicy";
import type { PolicyConfig } from "../../contract/config/keys/policy";
import { timeouts } from "../../contract/aws/timeouts";
import { TYPES, type Graph, type Resource } from "../../local/program/graph";
import { counts, MODES, only, record, RUNTIME_ARN, sources } from "../support/program/components";

const ORIGINS = ["https://app.example.com", "http://localhost:3000"];
const REST = {
  agentRuntimeArn: RUNTIME_ARN,
  auth: "iam",
  webAclArn: "arn:aws:wafv2:acl",
  throttle: { rateLimit: 50, burstLimit: 100 },
} as const;

async function archiveOf({ inputs }: Resource): Promise<Record<string, string>> {
  const assets = (await (inputs["code"] as pulumi.asset.AssetArchive).assets) as Record<
    string,
    pulumi.asset.StringAsset
  >;
  const texts = await Promise.all(Object.values(assets).map((asset) => asset.text));
  return Object.fromEntries(Object.keys(assets).map((name, index) => [name, texts[index] ?? ""]));
}

for (const { mode, preview } of MODES) {
  describe(`the policy of requests in components, ${mode}`, () => {
    const agentFunction = (policy?: PolicyConfig): Promise<Graph> =>
      record(preview, () => {
        new AgentFunction("agent", {
          agentRuntimeArn: RUNTIME_ARN,
          door: "streamingUrl",
          entry: "streaming",
          timeouts: timeouts("streaming", 300),
          ...(policy && { policy }),
        });
      });

    it("stands in the archive with its defaults filled in", async () => {
      const archive = await archiveOf(only(await agentFunction(), TYPES.function));
      assert.deepEqual(Object.keys(archive).sort(), ["dialects.mjs", "index.mjs", "policy.json"]);
      const policy = JSON.parse(archive["policy.json"] ?? "") as DoorPolicy;
      assert.deepEqual([policy.runtimeAuth, policy.headerMap, policy.corsOrigins], ["sigv4", {}, []]);
    });

    it("brings the RE2 engine along only where it has patterns", async () => {
      const patterns = [{ name: "ticket", pattern: "TCK-[0-9]+" }];
      const archive = await archiveOf(only(await agentFunction({ redaction: { patterns } }), TYPES.function));
      assert.deepEqual(Object.keys(archive).sort(), ["customPatterns.mjs", "dialects.mjs", "index.mjs", "policy.json"]);
      assert.match(archive["index.mjs"] ?? "", /import\("\.\/customPatterns\.mjs"\)/);
    });

    it("brings the verifier along only where users sign in, and its settings with it", async () => {
      const graph = await record(preview, () => {
        new StreamingUrl("door", {
          agentRuntimeArn: RUNTIME_ARN,
          maxDurationSeconds: 300,
          publicEdge: true,
          userTokens: { issuer: "https://login.example.com/", audience: ["agent"], refusedKeys: ["leaked"] },
        });
      });
      const fn = only(graph, TYPES.function);
      const archive = await archiveOf(fn);
      assert.deepEqual(Object.keys(archive).sort(), ["dialects.mjs", "index.mjs", "policy.json", "userTokens.mjs"]);
      const { variables } = fn.inputs["environment"] as { variables: Record<string, string> };
      assert.deepEqual(JSON.parse(variables["JWT_SETTINGS"] ?? ""), {
        issuer: "https://login.example.com/",
        audience: ["agent"],
        scopes: [],
        refusedKeys: ["leaked"],
      });
      await assert.rejects(
        record(preview, () => {
          new StreamingUrl("door", {
            agentRuntimeArn: RUNTIME_ARN,
            maxDurationSeconds: 300,
            userTokens: { issuer: "https://login.example.com/", audience: ["agent"] },
          });
        }),
        /`userTokens` of door is set, but `publicEdge` is not true/,
      );
    });

    it("brings the ids of sessions along only behind an anonymous edge", async () => {
      const graph = await record(preview, () => {
        new StreamingUrl("door", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300, publicEdge: true });
      });
      const archive = await archiveOf(only(graph, TYPES.function));
      assert.deepEqual(Object.keys(archive).sort(), ["dialects.mjs", "edgeIds.mjs", "index.mjs", "policy.json"]);
      const { keyUsage, customerMasterKeySpec } = only(graph, TYPES.kmsKey).inputs;
      assert.deepEqual([keyUsage, customerMasterKeySpec], ["GENERATE_VERIFY_MAC", "HMAC_256"]);
    });

    it("is refused where it is wrong, naming component and key", async () => {
      await assert.rejects(
        agentFunction({ headerMap: { Authorization: "Auth" } }),
        /`policy` of agent: `headerMap` maps "Authorization"/,
      );
    });

    it("is refused in a door whose origins the function never sees", async () => {
      const door = record(preview, () => {
        new StreamingUrl("url", {
          agentRuntimeArn: RUNTIME_ARN,
          maxDurationSeconds: 300,
          policy: { corsOrigins: ["*"] },
        });
      });
      await assert.rejects(door, /`policy` of url: `corsOrigins` contains "\*"/);
    });

    for (const [name, Door] of Object.entries({ BufferedApi, StreamingApi })) {
      describe(name, () => {
        let graph: Graph;
        before(async () => {
          graph = await record(preview, () => {
            const policy = { corsOrigins: ORIGINS, headerMap: { "X-Tenant-Id": "Tenant-Id" } };
            new Door("door", { ...REST, maxDurationSeconds: 20, policy });
          });
        });

        it("answers preflights of the paths of pages by itself", () => {
          const preflights = graph.where(TYPES.method, "httpMethod", "OPTIONS");
          assert.deepEqual(
            preflights.map(({ name: method, inputs }) => [method, inputs["authorization"], inputs["apiKeyRequired"]]),
            [
              ["door-agents-agent-invoke-options", "NONE", undefined],
              ["door-agents-agent-proxy-options", "NONE", undefined],
              ["door-invoke-options", "NONE", undefined],
              ["door-proxy-options", "NONE", undefined],
            ],
          );
          const mocks = graph.where(TYPES.integration, "type", "MOCK");
          assert.equal(mocks.length, 4);
          for (const { inputs } of mocks) assert.equal(inputs["uri"], undefined, "no function runs");
          assert.equal(counts(graph)[TYPES.methodResponse], 4);
          assert.equal(counts(graph)[TYPES.integrationResponse], 4);
        });

        it("names exact origins and the mapped headers", () => {
          for (const { inputs } of graph.all(TYPES.integrationResponse)) {
            const parameters = inputs["responseParameters"] as Record<string, string>;
            assert.equal(parameters["method.response.header.Access-Control-Allow-Origin"], `'${ORIGINS[0] ?? ""}'`);
            assert.match(parameters["method.response.header.Access-Control-Allow-Headers"] ?? "", /, X-Tenant-Id'$/);
            assert.ok(
              Object.values(inputs["responseTemplates"] as object)
                .join("")
                .includes(`$origin == "${ORIGINS[1] ?? ""}"`),
            );
          }
        });

        it("deploys them: a stage shows no method that its deployment does not wait for", () => {
          const waits = graph.closure(only(graph, TYPES.deployment));
          for (const type of [TYPES.method, TYPES.integration, TYPES.methodResponse, TYPES.integrationResponse]) {
            for (const { urn, name: resource } of graph.all(type)) assert.ok(waits.has(urn), resource);
          }
        });

        it("lets nobody keep the gateway's own errors", () => {
          for (const { inputs } of graph.all(TYPES.response)) {
            const parameters = inputs["responseParameters"] as Record<string, string>;
            assert.equal(parameters["gatewayresponse.header.Cache-Control"], "'no-store, no-transform'");
          }
        });

        it("lets the first origin read the gateway's own errors", () => {
          for (const { inputs } of graph.all(TYPES.response)) {
            const parameters = inputs["responseParameters"] as Record<string, string>;
            assert.equal(parameters["gatewayresponse.header.Access-Control-Allow-Origin"], `'${ORIGINS[0] ?? ""}'`);
            assert.equal(parameters["gatewayresponse.header.Vary"], "'Origin'");
            assert.match(parameters["gatewayresponse.header.Access-Control-Expose-Headers"] ?? "", /Retry-After/);
          }
        });

        it("leaves the replies of the function to the function", async () => {
          const policy = JSON.parse((await archiveOf(only(graph, TYPES.function)))["policy.json"] ?? "") as DoorPolicy;
          assert.deepEqual(policy.corsOrigins, ORIGINS);
        });
      });
    }

    it("without origins there is no preflight and no CORS header", async () => {
      const graph = await record(preview, () => {
        new BufferedApi("door", { ...REST, maxDurationSeconds: 20 });
        new StreamingUrl("url", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300 });
        new WebAcl("acl");
      });
      assert.equal(graph.where(TYPES.method, "httpMethod", "OPTIONS").length, 0);
      assert.equal(counts(graph)[TYPES.integrationResponse], undefined);
      assert.equal(only(graph, TYPES.functionUrl).inputs["cors"], undefined);
      assert.doesNotMatch(JSON.stringify(graph.all(TYPES.response).map(({ inputs }) => inputs)), /Access-Control/);
      assert.doesNotMatch(JSON.stringify(only(graph, TYPES.webAcl).inputs), /Access-Control/);
    });

    it("StreamingUrl does all of CORS in the URL, and none in the function", async () => {
      const graph = await record(preview, () => {
        const policy = { corsOrigins: ORIGINS, headerMap: { "X-Tenant-Id": "Tenant-Id" } };
        new StreamingUrl("url", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300, policy });
      });
      const cors = only(graph, TYPES.functionUrl).inputs["cors"] as Record<string, unknown>;
      assert.deepEqual(cors["allowOrigins"], ORIGINS);
      assert.deepEqual(cors["allowMethods"], ["GET", "POST", "DELETE"]);
      assert.ok((cors["allowHeaders"] as string[]).includes("X-Tenant-Id"));
      assert.equal(cors["allowCredentials"], undefined);
      const policy = JSON.parse((await archiveOf(only(graph, TYPES.function)))["policy.json"] ?? "") as DoorPolicy;
      assert.deepEqual(policy.corsOrigins, []);
      assert.deepEqual(sources(graph, only(graph, TYPES.functionUrl), "functionName"), ["Function url-fn"]);
    });

    it("WebAcl lets one origin read its own answers", async () => {
      const graph = await record(preview, () => {
        new WebAcl("acl", { corsOrigin: ORIGINS[0] ?? "" });
      });
      const rules = only(graph, TYPES.webAcl).inputs["rules"] as { name: string; action?: object }[];
      for (const { name, action } of rules.filter(({ name: rule }) => ["body-size", "rate"].includes(rule))) {
        assert.match(JSON.stringify(action), /\{"name":"Access-Control-Allow-Origin","value":"https:/, name);
      }
    });
  });
}
