import assert from "node:assert/strict";
import fc from "fast-check";
import type { StackResource } from "../../policy/model/graph";
import type { Rule } from "../../policy/model/rule";
import { UNKNOWN } from "../../policy/model/value";
import { RULES } from "../../policy/rules";
import { runStack } from "../support/stacks";
import { MUTANTS } from "./mutations";
import { findingsOf, stackResources } from "./support/cases";

/** Chooses among as many as there are, whatever their number. */
const choice = fc.nat();

/** A copy of a value in which one part, chosen by the numbers, is unknown. */
function blind(value: unknown, [first = 0, ...rest]: readonly number[]): unknown {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.length === 0) return UNKNOWN;
  // One more than there are parts: the whole.
  const key = keys[first % (keys.length + 1)];
  if (key === undefined) return UNKNOWN;
  const part = blind((value as Record<string, unknown>)[key], rest);
  return Array.isArray(value) ? (value as unknown[]).with(Number(key), part) : { ...(value as object), [key]: part };
}

/** Several parts of several resources. */
function blindSome(resources: readonly StackResource[], choices: readonly (readonly number[])[]): StackResource[] {
  const changed = [...resources];
  for (const [which = 0, ...path] of choices) {
    const index = which % changed.length;
    const resource = changed[index];
    if (!resource) continue;
    const keys = Object.keys(resource.props);
    const key = keys[(path[0] ?? 0) % Math.max(keys.length, 1)];
    if (key === undefined) continue;
    const props = { ...resource.props, [key]: blind(resource.props[key], path.slice(1)) };
    changed[index] = { ...resource, props };
  }
  return changed;
}

/**
 * Rules of policy documents take a setting for documents of which a first preview knows nothing but where they come from. What
 * is proven here is what they say without it.
 */
const settingsFor = ({ settings = {} }: Rule) => ("previewSources" in settings ? { previewSources: [] } : {});

const choices = fc.array(fc.array(choice, { minLength: 3, maxLength: 8 }), { minLength: 1, maxLength: 4 });
const RUNS = 100;

describe("the rules over recorded programs of which less and less is known", function () {
  this.timeout(180_000);
  for (const stack of ["all", "public-edge-signer", "operations", "sample-agent"])
    it(`never throw, fail only what is proven, and never pass what failed: ${stack}`, async () => {
      // The pack advises a reservation, which these stacks leave to the account.
      const resources = stackResources((await runStack(stack, false)).resources).map((each) =>
        each.props["reservedConcurrentExecutions"] === -1
          ? { ...each, props: { ...each.props, reservedConcurrentExecutions: 50 } }
          : each,
      );
      const mutants = MUTANTS.flatMap(({ title, rules, mutate }) => {
        const mutant = mutate(resources);
        return mutant ? [{ title, mutant, rules: RULES.filter(({ id }) => rules.includes(id)) }] : [];
      });
      assert.notEqual(mutants.length, 0);
      fc.assert(
        fc.property(choices, fc.nat(), (blinded, which) => {
          for (const rule of RULES)
            assert.ok(
              !findingsOf(rule, blindSome(resources, blinded), settingsFor(rule)).some(
                ({ status }) => status === "fail",
              ),
              `${rule.id} fails without proof`,
            );
          const { title, mutant, rules } = mutants[which % mutants.length] ?? assert.fail();
          for (const rule of rules)
            assert.notEqual(
              findingsOf(rule, blindSome(mutant, blinded), settingsFor(rule)).length,
              0,
              `${rule.id} passes: ${title}`,
            );
        }),
        { numRuns: RUNS },
      );
    });

  it("do not depend on the order of resources, or on their names", async () => {
    const resources = stackResources((await runStack("all", false)).resources);
    const findings = (of: readonly StackResource[], name: (urn: string) => string) =>
      RULES.flatMap((rule) =>
        findingsOf(rule, of).map(
          ({ resource, finding, status }) => `${rule.id} ${status} ${name(resource.urn)} ${finding}`,
        ),
      ).sort();
    fc.assert(
      fc.property(fc.nat(), fc.infiniteStream(choice), (which, order) => {
        const mutant = MUTANTS[which % MUTANTS.length]?.mutate(resources) ?? resources;
        const rename = (urn: string) => urn.replace(/::([^:]+)$/, "::other-$1");
        const shuffled = mutant
          .map((resource) => ({ resource, rank: order.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ resource }) => ({
            ...resource,
            urn: rename(resource.urn),
            name: `other-${resource.name}`,
            dependencies: resource.dependencies.map(rename),
            ...(resource.parent !== undefined && { parent: rename(resource.parent) }),
            sources: Object.fromEntries(
              Object.entries(resource.sources).map(([property, urns]) => [property, urns.map(rename)]),
            ),
          }));
        assert.deepEqual(
          findings(shuffled, (urn) => urn.replace("::other-", "::")),
          findings(mutant, (urn) => urn),
        );
      }),
      { numRuns: RUNS },
    );
  });
});
