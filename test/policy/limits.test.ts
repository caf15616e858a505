import assert from "node:assert/strict";
import * as contract from "../../contract/aws/limits";
import * as pack from "../../policy/aws/limits";

const limits = Object.entries(pack);

describe("the pack's limits", () => {
  it("are there", () => {
    assert.notEqual(limits.length, 0);
  });

  for (const [name, limit] of limits)
    it(`has ${name} as the contract does`, () => {
      assert.deepEqual(limit, (contract as Readonly<Record<string, unknown>>)[name]);
    });
});
