import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { TYPES, type Graph } from "../../local/program/graph";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { functionReservedConcurrency } from "../../policy/rules/functions/reservedConcurrency";
import { SCHEMA_FILE } from "../../docs/packageSchema";
import type { Schema } from "../support/package/plugin";
import { analyze } from "../policy/support/sdk";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { ROOT } from "../support/local/frontDoor";
import { MODES, only, record, sources } from "../support/program/components";

const SCHEMA = JSON.parse(readFileSync(join(ROOT, SCHEMA_FILE), "utf8")) as Schema;
const FOLDER = join(ROOT, "examples", "agent-and-caller");
const load = createRequire(__filename);

function run(): Record<string, unknown> {
  const file = join(FOLDER, "index.ts");
  // A program runs when its module is loaded, so it must be loaded again.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete load.cache[file];
  return load(file) as Record<string, unknown>;
}

describe("examples/agent-and-caller", () => {
  for (const { mode, preview } of MODES)
    it(`makes agent, caller and topic, and gives their outputs to the door, ${mode}`, async () => {
      const graph: Graph = await record(preview, run);
      for (const permission of graph.all(TYPES.permission))
        assert.deepEqual(sources(graph, permission, "principal"), ["Role client"]);
      assert.ok(sources(graph, only(graph, TYPES.function), "environment").includes("AgentcoreAgentRuntime agent"));
      for (const lock of graph.all(TYPES.resourcePolicy)) assert.match(lock.name, /^chat-runtime-lock-invoke-/);
      for (const alarm of graph.all(TYPES.metricAlarm))
        assert.deepEqual(sources(graph, alarm, "alarmActions"), ["Topic on-call"]);
      const { findings } = await analyze(packOf(RULES), graph.resources, {});
      // In a preview, the principal of the caller is not known yet.
      const others = findings.filter(
        ({ policy }) =>
          !policy.startsWith(functionReservedConcurrency.id) && !(preview && policy.endsWith("-unproven")),
      );
      assert.deepEqual(
        others.map(({ policy, message }) => `${policy}: ${message}`),
        [],
      );
    });

  it("runs locally, and its caller gets an answer", async () => {
    const door = await LocalFrontDoor.start(["--stack", "dev"], { program: run });
    try {
      const answer = await door.invoke("streamingUrl", { prompt: "hello" });
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /hello/);
    } finally {
      await door.stop();
    }
  });

  it("is the same program in YAML", () => {
    const { resources } = parse(readFileSync(join(FOLDER, "yaml", "Pulumi.yaml"), "utf8")) as {
      resources: Record<string, { type: string; properties?: Record<string, unknown> }>;
    };
    const { door } = resources;
    const inputProperties = SCHEMA.resources["agentcore-front-door:index:FrontDoor"]?.inputProperties ?? {};
    for (const [name, value] of Object.entries(door?.properties ?? {})) {
      const property = inputProperties[name];
      assert.ok(property, `the schema has ${name}`);
      // An arg that is plain accepts no Output; of a list or map that is plain, the entries may.
      const isReference = typeof value === "string" && value.startsWith("${");
      assert.ok(!(isReference && property.plain === true), `${name} is plain`);
    }
    assert.deepEqual(Object.keys(door?.properties ?? {}), [
      "agentRuntimeArn",
      "doors",
      "callers",
      "lockRuntime",
      "alarms",
      "alarmTopicArns",
    ]);
  });
});
