import assert from "node:assert/strict";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { MODES } from "../support/program/components";
import { runStack, TEST_STACKS } from "../support/stacks";
import { analyze } from "./support/sdk";

describe("the pack over the recorded programs", () => {
  it("has stacks to look at", () => {
    assert.ok(TEST_STACKS.length >= 22);
  });

  for (const stack of ["dev", ...TEST_STACKS])
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
