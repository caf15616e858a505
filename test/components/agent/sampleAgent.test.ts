import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as pulumi from "@pulumi/pulumi";
import { SampleAgent } from "../../../components/index";
import { AGENT_ENTRY, bundleAgent } from "../../../components/agent/bundle";
import { parseRuntimeArn } from "../../../contract/aws/arn";
import { RUNTIME_SESSION_HEADER } from "../../../contract/wire/headers";
import { CODE_PACKAGE_MB } from "../../../contract/aws/limits";
import { freePort, waitForPing } from "../../../local/cli/agent/agentProcess";
import { text, TYPES, type Graph } from "../../../local/program/graph";
import { assertSound, counts, MODES, only, record, sources } from "../../support/program/components";

async function bundledCode(): Promise<string> {
  const { [AGENT_ENTRY]: asset, ...others } = (await bundleAgent().archive.assets) as Record<
    string,
    pulumi.asset.StringAsset
  >;
  assert.deepEqual(others, {}, "one file");
  assert.ok(asset);
  return await asset.text;
}

describe("SampleAgent", () => {
  for (const { mode, preview } of MODES) {
    describe(mode, () => {
      let graph: Graph;
      before(async () => {
        graph = await record(preview, () => {
          new SampleAgent("sample", { headers: ["Tenant-Id"] });
          new SampleAgent("second");
        });
      });

      it("is a runtime, a role, and a bucket that nobody else can read, twice in one stack", () => {
        assertSound(graph);
        const two = (type: string) => [type, 2] as const;
        assert.deepEqual(
          counts(graph),
          Object.fromEntries(
            [
              TYPES.agentRuntime,
              TYPES.bucket,
              TYPES.bucketEncryption,
              TYPES.bucketObject,
              TYPES.bucketPolicy,
              TYPES.bucketPublicAccessBlock,
              TYPES.role,
              TYPES.rolePolicy,
            ].map(two),
          ),
        );
        const [block] = graph.all(TYPES.bucketPublicAccessBlock);
        const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = block?.inputs ?? {};
        assert.deepEqual(
          [blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets],
          [true, true, true, true],
        );
      });

      it("deploys the package of the bucket to NODE_22, with rights on the logs of exactly this runtime", () => {
        const runtime = graph.all(TYPES.agentRuntime).find(({ name }) => name === "sample");
        assert.ok(runtime);
        const { agentRuntimeArtifact, networkConfiguration, protocolConfiguration, requestHeaderConfiguration } =
          runtime.inputs as Record<string, Record<string, Record<string, unknown>>>;
        assert.deepEqual(agentRuntimeArtifact?.["codeConfiguration"]?.["entryPoints"], ["main.js"]);
        assert.equal(agentRuntimeArtifact["codeConfiguration"]["runtime"], "NODE_22");
        assert.deepEqual(networkConfiguration, { networkMode: "PUBLIC" });
        assert.deepEqual(protocolConfiguration, { serverProtocol: "HTTP" });
        assert.deepEqual(requestHeaderConfiguration, {
          requestHeaderAllowlists: ["X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant-Id"],
        });
        assert.deepEqual(sources(graph, runtime, "agentRuntimeArtifact"), ["BucketObjectv2 sample-package"]);
        const rights = graph.all(TYPES.rolePolicy).find(({ name }) => name === "sample-policy");
        assert.ok(rights);
        assert.ok(sources(graph, rights, "policy").includes("AgentcoreAgentRuntime sample"));
        const name = text(runtime, "agentRuntimeName");
        assert.match(text(rights, "policy"), new RegExp(`:log-group:/aws/bedrock-agentcore/runtimes/${name}-\\*"`));
      });

      it("trusts AgentCore for this account only", () => {
        const [role] = graph.all(TYPES.role);
        assert.ok(role);
        const { Statement } = JSON.parse(text(role, "assumeRolePolicy")) as { Statement: unknown[] };
        assert.deepEqual(Statement, [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: "bedrock-agentcore.amazonaws.com" },
            Condition: {
              StringEquals: { "aws:SourceAccount": "123456789012" },
              ArnLike: { "aws:SourceArn": "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/*" },
            },
          },
        ]);
      });
    });
  }

  it("has names that AgentCore takes, however long its own are", async () => {
    const graph = await record(false, () => new SampleAgent(`9-${"long-".repeat(20)}`));
    const runtime = only(graph, TYPES.agentRuntime);
    assert.ok(parseRuntimeArn(text(runtime, "agentRuntimeArn")), text(runtime, "agentRuntimeArn"));
  });

  describe("its package", () => {
    let folder: string;
    let child: ChildProcess | undefined;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "front-door-agent-"));
      writeFileSync(join(folder, AGENT_ENTRY), await bundledCode());
    });
    after(async () => {
      if (child && child.exitCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      rmSync(folder, { recursive: true });
    });

    it("is far below what a direct code deployment takes, and the same in every build", async () => {
      assert.ok(Buffer.byteLength(await bundledCode()) < (CODE_PACKAGE_MB.zipped * 1024 * 1024) / 100);
      assert.equal(bundleAgent().hash, bundleAgent().hash);
    });

    it("starts with nothing beside it, and keeps the container contract", async () => {
      const port = await freePort();
      const agent = spawn(process.execPath, [AGENT_ENTRY], {
        cwd: folder,
        env: { HOST: "127.0.0.1", PORT: String(port), NODE_OPTIONS: "" },
      });
      child = agent;
      const said: string[] = [];
      for (const stream of [agent.stdout, agent.stderr]) {
        createInterface({ input: stream }).on("line", (line) => said.push(line));
      }
      const url = `http://127.0.0.1:${port}`;
      const exited = once(agent, "exit").then(() => {
        throw new Error(`The agent ended at its start:\n${said.join("\n")}`);
      });
      exited.catch(() => undefined);
      await Promise.race([waitForPing(url), exited]);

      const response = await fetch(`${url}/invocations`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "text/event-stream, application/json",
          [RUNTIME_SESSION_HEADER]: "a".repeat(40),
        },
        body: JSON.stringify({ prompt: "count 3 every 1" }),
      });
      assert.equal(response.status, 200);
      const texts = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(
        ([, data = ""]) => (JSON.parse(data) as { text: string }).text,
      );
      assert.deepEqual(texts, ["1 ", "2 ", "3 "]);
    });
  });
});
