import assert from "node:assert/strict";
import { packOf } from "../../policy/pack/pack";
import { RULES } from "../../policy/rules";
import { functionReservedConcurrency } from "../../policy/rules/functions/reservedConcurrency";
import { MODES } from "../support/program/components";
import { runStack, TEST_STACKS } from "../support/stacks";
import { analyze } from "./support/sdk";

/** The rule, or its twin if a function may be one that needs no reservation. */
const isAdvice = (policy: string): boolean => policy.startsWith(functionReservedConcurrency.id);

describe("the pack over the recorded programs", () => {
  it("has stacks to look at", () => {
    assert.ok(TEST_STACKS.length >= 22);
  });

  for (const stack of ["dev", ...TEST_STACKS])
    for (const { mode, preview } of MODES)
      it(`finds nothing in ${stack}, ${mode}, and advises a reservation for doors that have none`, async () => {
        const { resources } = await runStack(stack, preview);
        assert.notEqual(resources.length, 0);
        const { findings, scope } = await analyze(packOf(RULES), resources);
        assert.match(scope.join(), /^[1-9]\d* doors? \(/);
        assert.deepEqual(
          findings.filter(({ policy }) => !isAdvice(policy)).map(({ policy, message }) => `${policy}: ${message}`),
          [],
        );
        const advised = findings.filter(({ policy }) => isAdvice(policy));
        for (const { level } of advised) assert.equal(level, "advisory");
        assert.deepEqual(
          advised.map(({ urn }) => urn).sort(),
          resources
            .filter(({ name, inputs }) => name.endsWith("-fn") && inputs["reservedConcurrentExecutions"] === -1)
            .map(({ urn }) => urn)
            .sort(),
        );
      });
});
