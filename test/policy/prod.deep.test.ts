import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackConfig } from "../../local/policyHost/host";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { ROOT } from "../support/local/frontDoor";
import { MODES } from "../support/program/components";
import { runStack, TEST_STACKS } from "../support/stacks";
import { analyze } from "./support/sdk";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The rules that refuse a stack, by the table of the page. */
function refusedBy(stack: string): readonly string[] {
  const [, section = ""] = read("docs/security/production-checklist.md").split("## What the other stacks lack");
  return [...section.matchAll(/^\| `(fd-[\w-]+)` +\| (all but )?([\w-]+(?:, [\w-]+)*) +\|/gm)].flatMap(
    ([, rule = "", allBut, names = ""]) => (names.split(", ").includes(stack) === (allBut === undefined) ? [rule] : []),
  );
}

describe("the pack with prod.json over the stacks", () => {
  const config = JSON.parse(read("policy/prod.json")) as PackConfig;

  it("passes the production stack", () => {
    assert.deepEqual(refusedBy("production"), []);
  });

  for (const stack of TEST_STACKS)
    for (const { mode, preview } of MODES)
      it(`refuses of ${stack} what the page says, ${mode}`, async () => {
        const { resources } = await runStack(stack, preview);
        const { findings } = await analyze(packOf(RULES), resources, config);
        const rules = findings.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
        assert.deepEqual([...new Set(rules)].sort(), [...refusedBy(stack)].sort());
      });
});
