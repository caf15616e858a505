import assert from "node:assert/strict";
import { RULES } from "../../policy/rules";
import { tested, type RuleCases } from "./support/cases";
import { loadCases } from "./support/loadCases";

loadCases();

describe("the cases of the rules", () => {
  it("are there for every rule", () => {
    assert.deepEqual(
      RULES.filter((rule) => !tested.has(rule)).map(({ id }) => id),
      [],
    );
    assert.equal(tested.size, RULES.length, "and each rule that has cases is in the pack");
  });

  it("are 500 or more", () => {
    const cases = [...tested.values()];
    const count = (kind: keyof RuleCases) =>
      cases.reduce((sum, { [kind]: of }) => sum + (of === "always known" ? 0 : of.length), 0);
    // Each failing case is also run with a waiver.
    const kinds = {
      pass: count("pass"),
      fail: count("fail"),
      unknown: count("unknown"),
      notApplicable: count("notApplicable"),
      waived: count("fail"),
    };
    const total = Object.values(kinds).reduce((sum, each) => sum + each, 0);
    console.log(
      `      ${tested.size} rules, ${total} cases: ${Object.entries(kinds)
        .map(([kind, of]) => `${of} ${kind}`)
        .join(", ")}`,
    );
    assert.ok(total >= 500, `${total} cases`);
  });
});
