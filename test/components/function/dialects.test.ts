import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { BufferedApi, StreamingUrl, type AgentsArgs } from "../../../components/index";
import type { PolicyConfig } from "../../../contract/config/keys/policy";
import { POLICY_FILE } from "../../../contract/runtime/doorPolicy";
import { readHandlerSettings } from "../../../functions/handler/settings";
import { ENVIRONMENT } from "../../../contract/runtime/environment";
import { TYPES } from "../../../local/program/graph";
import { only, record, RUNTIME_ARN } from "../../support/program/components";

const doors = {
  bufferedApi: (args: AgentsArgs & { policy?: PolicyConfig }) =>
    new BufferedApi("door", {
      ...args,
      auth: "iam",
      webAclArn: "arn:aws:wafv2:acl",
      throttle: { rateLimit: 50, burstLimit: 100 },
      maxDurationSeconds: 29,
    }),
  streamingUrl: (args: AgentsArgs & { policy?: PolicyConfig }) =>
    new StreamingUrl("door", { ...args, maxDurationSeconds: 300 }),
};

/** What the handler reads of the environment; the other variables do not matter here. */
const readRoutes = (variables: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    writeFileSync(join(folder, POLICY_FILE), "{}");
    return readHandlerSettings({ ...variables, LAMBDA_TASK_ROOT: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe("the dialect of an agent", () => {
  it("what an agent says of its failures does not reach the public", async () => {
    const door = (policy: PolicyConfig) => () =>
      new StreamingUrl("door", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300, publicEdge: true, policy });
    await record(true, door({ events: "text" }));
    await assert.rejects(
      record(true, door({ agentErrors: "pass" })),
      /`policy\.agentErrors` of "door-fn" is "pass", but the function is behind a public edge.*Use replace/,
    );
  });

  for (const [name, door] of Object.entries(doors)) {
    it(`${name}: reaches the function`, async () => {
      const graph = await record(false, () =>
        door({ agents: { a: { agentRuntimeArn: RUNTIME_ARN, dialect: "strands" } } }),
      );
      const { variables } = only(graph, TYPES.function).inputs["environment"] as { variables: Record<string, string> };
      assert.deepEqual(JSON.parse(variables[ENVIRONMENT.agents] ?? ""), { a: [RUNTIME_ARN, "DEFAULT", "strands"] });
    });

    it(`${name}: is refused if no function knows it`, async () => {
      const program = () => door({ agents: { a: { agentRuntimeArn: RUNTIME_ARN, dialect: "strand" } } });
      await assert.rejects(
        record(true, program),
        /"door-fn": `agents\.a\.dialect` is "strand" \(did you mean `strands`\?\)\. Use strands, .* plain/,
      );
    });

    it(`${name}: so does that of the agent behind /invoke, or the field with its text`, async () => {
      for (const [args, dialect] of [
        [{ dialect: "agUi" }, "agUi"],
        [{ answer: { text: "delta.text" } }, "text:delta.text"],
        [{ dialect: "", answer: {} }, undefined],
      ] as const) {
        const graph = await record(false, () => door({ agentRuntimeArn: RUNTIME_ARN, ...args }));
        const { variables } = only(graph, TYPES.function).inputs["environment"] as {
          variables: Record<string, string>;
        };
        assert.equal(variables[ENVIRONMENT.dialect], dialect);
        const { defaultAgent } = readRoutes(variables);
        assert.equal(defaultAgent?.dialect, dialect);
      }
    });

    it(`${name}: what clients get of its events is in the archive`, async () => {
      for (const policy of [{}, { events: "text" }, { agentErrors: "pass" }]) {
        const graph = await record(false, () => door({ agentRuntimeArn: RUNTIME_ARN, policy }));
        const { assets } = only(graph, TYPES.function).inputs["code"] as pulumi.asset.AssetArchive;
        const { text } = (await assets)[POLICY_FILE] as pulumi.asset.StringAsset;
        const { events, agentErrors } = JSON.parse(await text) as Record<string, unknown>;
        assert.deepEqual({ events, agentErrors }, { events: "all", agentErrors: "replace", ...policy });
      }
    });

    it(`${name}: a path that is none is refused`, async () => {
      for (const [args, says] of [
        [{ answer: { text: "a..b" } }, /"door-fn": `answer\.text` is "a\.\.b"\. Use the names of fields/],
        [{ answer: { text: "a" }, dialect: "agUi" }, /"door-fn": `answer\.text` and `dialect` are both set/],
        [
          { agents: { a: { agentRuntimeArn: RUNTIME_ARN, answer: { text: "" } } } },
          /"door-fn": `agents\.a\.answer\.text` is ""/,
        ],
      ] as const) {
        await assert.rejects(
          record(true, () => door({ agentRuntimeArn: RUNTIME_ARN, ...args })),
          says,
        );
      }
    });
  }
});
