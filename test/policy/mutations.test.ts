import assert from "node:assert/strict";
import type { StackResource } from "../../policy/model/graph";
import { RULES } from "../../policy/rules";
import { MODES } from "../support/program/components";
import { runStack, TEST_STACKS } from "../support/stacks";
import { MUTANTS } from "./mutations";
import { findingsOf, stackResources } from "./support/cases";

/** What each rule has to say, proven or not, with the rule first. */
const findingsIn = (resources: readonly StackResource[]): string[][] =>
  RULES.flatMap((rule) =>
    findingsOf(rule, resources).map(({ status, resource, finding }) => [rule.id, status, resource.urn, finding]),
  );

describe("single changes to the recorded programs", () => {
  const tried = new Map(MUTANTS.map(({ title }) => [title, 0]));

  for (const stack of TEST_STACKS)
    for (const { mode, preview } of MODES)
      it(`are caught by exactly the rules that they concern: ${stack}, ${mode}`, async () => {
        const resources = stackResources((await runStack(stack, preview)).resources);
        // Advice that holds for the stack as it is.
        const known = new Set(findingsIn(resources).map(String));
        const caught = (mutant: readonly StackResource[]) =>
          new Set(findingsIn(mutant).flatMap((found) => (known.has(String(found)) ? [] : found.slice(0, 1))));
        for (const { title, rules, inPreview = rules, mutate } of MUTANTS) {
          const mutant = mutate(resources);
          if (!mutant) continue;
          tried.set(title, (tried.get(title) ?? 0) + 1);
          assert.deepEqual([...caught(mutant)].sort(), [...(preview ? inPreview : rules)].sort(), title);
        }
      });

  after(() => {
    assert.deepEqual(
      [...tried].filter(([, count]) => count === 0).map(([title]) => title),
      [],
      "every change has found something to change",
    );
    const total = [...tried.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(total >= 200, `${total} mutants`);
    console.log(`      ${MUTANTS.length} changes, ${total} mutants`);
  });
});
