import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { MODES } from "../support/components";
import { ROOT } from "../support/frontDoor";
import { runStack } from "../support/stacks";
import { analyze } from "./support/sdk";

const stacks = readdirSync(join(ROOT, "test/stacks")).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

describe("the pack over the recorded programs", () => {
  it("has stacks to look at", () => {
    assert.ok(stacks.length >= 22);
  });

  for (const stack of ["dev", ...stacks])
    for (const { mode, preview } of MODES)
      it(`finds nothing in ${stack}, ${mode}`, async () => {
        const { resources } = await runStack(stack, preview);
        assert.notEqual(resources.length, 0);
        const { findings } = await analyze(packOf(RULES), resources);
        assert.deepEqual(
          findings.map(({ policy, message }) => `${policy}: ${message}`),
          [],
        );
      });
});
