import assert from "node:assert/strict";
import { MODES } from "../support/program/components";
import { TEST_STACKS } from "../support/stacks";
import { MUTANTS } from "./mutations";
import { tryChanges } from "./support/mutated";

// `npm run test:deep` makes each change to every stack.
describe("single changes to the recorded programs, each to the first stack that it fits", () => {
  for (const { mode, preview } of MODES)
    it(`are caught by exactly the rules that they concern: ${mode}`, async () => {
      const left = new Set(MUTANTS.map(({ title }) => title));
      for (const stack of TEST_STACKS) {
        if (left.size === 0) break;
        for (const title of await tryChanges(stack, preview, (each) => left.has(each))) left.delete(title);
      }
      // Some values are known only in an update.
      if (!preview) assert.deepEqual([...left], [], "every change has found something to change");
      assert.ok(left.size < MUTANTS.length / 10, [...left].join(", "));
    });
});
