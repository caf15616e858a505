import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TYPES } from "../../policy/aws/types";

// Read, not loaded: the whole SDK takes seconds.
const sdk = dirname(require.resolve("@pulumi/aws/package.json"));

describe("the resource types that rules read", () => {
  for (const [key, token] of Object.entries(TYPES))
    it(`${key} is a class of the provider`, () => {
      const [, path = ""] = /^aws:(\w+\/\w+):\w+$/.exec(token) ?? [];
      assert.match(readFileSync(join(sdk, `${path}.js`), "utf8"), new RegExp(`__pulumiType = '${token}';`));
    });

  it("has no type twice", () => {
    assert.equal(new Set(Object.values(TYPES)).size, Object.keys(TYPES).length);
  });
});
