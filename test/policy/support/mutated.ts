import assert from "node:assert/strict";
import type { StackResource } from "../../../policy/model/graph";
import { RULES } from "../../../policy/rules";
import { runStack } from "../../support/stacks";
import { MUTANTS } from "../mutations";
import { findingsOf, stackResources } from "./cases";

/** What each rule has to say, proven or not, with the rule first. */
const findingsIn = (resources: readonly StackResource[]): string[][] =>
  RULES.flatMap((rule) =>
    findingsOf(rule, resources).map(({ status, resource, finding }) => [rule.id, status, resource.urn, finding]),
  );

/**
 * Makes single changes to the recorded program of a stack, and asserts that each is caught by exactly the rules that it concerns.
 *
 * @returns the titles of the changes that found something to change
 */
export async function tryChanges(
  stack: string,
  preview: boolean,
  isWanted: (title: string) => boolean = () => true,
): Promise<readonly string[]> {
  const resources = stackResources((await runStack(stack, preview)).resources);
  const mutants = MUTANTS.flatMap((change) => {
    const mutant = isWanted(change.title) ? change.mutate(resources) : undefined;
    return mutant ? [{ ...change, mutant }] : [];
  });
  // Advice that holds for the stack as it is.
  const known = mutants.length > 0 ? new Set(findingsIn(resources).map(String)) : new Set<string>();
  for (const { title, rules, inPreview = rules, orInPreview = inPreview, mutant } of mutants) {
    const caught = findingsIn(mutant).flatMap((found) => (known.has(String(found)) ? [] : found.slice(0, 1)));
    const said = [...new Set(caught)].sort();
    const allowed = (preview ? [inPreview, orInPreview] : [rules]).map((each) => [...each].sort());
    if (!allowed.some((each) => String(each) === String(said)))
      assert.deepEqual(said, allowed[0], `${stack}: ${title}`);
  }
  return mutants.map(({ title }) => title);
}
