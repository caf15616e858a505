import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TYPES } from "../../policy/aws/types";

/** Folder of a provider's package. Its classes are read, not loaded: the whole SDK takes seconds. */
const sdk = (provider: string): string => dirname(require.resolve(`@pulumi/${provider}/package.json`));

describe("the resource types that rules read", () => {
  for (const [key, token] of Object.entries(TYPES))
    it(`${key} is a class of its provider`, () => {
      const [provider = "", path = "", name = ""] = token.split(":");
      const file = path.includes("/") ? path : `${path}/${name.toLowerCase()}`;
      assert.match(readFileSync(join(sdk(provider), `${file}.js`), "utf8"), new RegExp(`__pulumiType = '${token}';`));
    });

  it("has no type twice", () => {
    assert.equal(new Set(Object.values(TYPES)).size, Object.keys(TYPES).length);
  });
});
