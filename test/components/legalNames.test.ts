import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import * as components from "../../components/index";
import { AUTONAME_SUFFIX, NAME_RULES } from "../../contract/aws/names";
import { EdgeSigner, SampleAgent, StreamingUrl, UserPool, WebAcl } from "../../components/index";
import { ROOT } from "../support/local/frontDoor";
import { MODES, record, RUNTIME_ARN } from "../support/program/components";

const LONG = "Door_".padEnd(300, "x");
const makeAll = (name: string) => {
  new StreamingUrl(name, { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 60 });
  new WebAcl(`${name}-acl`, { blockIps: ["192.0.2.0/24"] });
  new EdgeSigner(`${name}-signer`);
  new UserPool(`${name}-pool`);
  new SampleAgent(`${name}-agent`);
};

for (const { mode, preview } of MODES) {
  describe(`names of resources, ${mode}`, () => {
    it("are cut if the provider or AWS would refuse them, and differ", async () => {
      const graph = await record(preview, () => {
        makeAll(LONG);
      });
      const taken = new Set<string>();
      for (const { type, name, inputs } of graph.resources) {
        const { property = "", longest = 0 } = NAME_RULES[type] ?? {};
        if (property === "" || inputs[`${property}Prefix`] !== undefined) continue;
        const given = inputs[property];
        assert.ok(typeof given === "string" && given.length <= longest, `${name}: ${String(given)}`);
        assert.match(given, property === "bucket" ? /^[a-z0-9-]+$/ : /^[\w-]+$/);
        assert.ok(!taken.has(`${type} ${given}`), given);
        taken.add(`${type} ${given}`);
      }
      assert.ok(taken.size >= 8, [...taken].join(", "));
    });

    it("are left to the provider if it can make them: another name would replace what exists", async () => {
      const graph = await record(preview, () => {
        makeAll("door");
      });
      for (const { type, name, inputs } of graph.resources) {
        const { property = "", longest = 0 } = NAME_RULES[type] ?? {};
        if (property === "" || name.length + AUTONAME_SUFFIX > longest) continue;
        assert.equal(inputs[property], undefined, name);
      }
    });
  });
}

describe("every component of the package", () => {
  it("gives its resources legal names", () => {
    const index = readFileSync(join(ROOT, "components", "index.ts"), "utf8");
    const made = Object.entries(components).filter(([, each]) => each.prototype instanceof ComponentResource);
    const missing = made
      .map(([name]) => name)
      .filter((name) => {
        const file = new RegExp(`\\b${name}\\b[^;]* from "\\./([^"]+)"`).exec(index)?.[1] ?? "";
        const code = readFileSync(join(ROOT, "components", `${file}.ts`), "utf8");
        return !new RegExp(`super\\("agentcore-front-door:index:${name}", name, args, .*\\blegalNames\\(opts\\)`).test(
          code,
        );
      });
    assert.deepEqual(missing, []);
  });
});
