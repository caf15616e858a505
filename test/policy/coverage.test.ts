import assert from "node:assert/strict";
import { RULES } from "../../policy/rules";
import { tally, tested } from "./support/cases";
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
    const { rules, ...kinds } = tally;
    const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
    console.log(
      `      ${rules} rules, ${total} cases: ${Object.entries(kinds)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", ")}`,
    );
    assert.ok(total >= 500, `${total} cases`);
  });
});
