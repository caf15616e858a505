import assert from "node:assert/strict";
import { MODES } from "../support/program/components";
import { TEST_STACKS } from "../support/stacks";
import { MUTANTS } from "./mutations";
import { tryChanges } from "./support/mutated";

describe("single changes to the recorded programs", () => {
  const tried: string[] = [];

  for (const stack of TEST_STACKS)
    for (const { mode, preview } of MODES)
      it(`are caught by exactly the rules that they concern: ${stack}, ${mode}`, async () => {
        tried.push(...(await tryChanges(stack, preview)));
      });

  after(() => {
    const never = MUTANTS.filter(({ title }) => !tried.includes(title));
    assert.deepEqual(never, [], "every change has found something to change");
    assert.ok(tried.length >= 3000, `${tried.length} mutants`);
    console.log(`      ${MUTANTS.length} changes, ${tried.length} mutants`);
  });
});
