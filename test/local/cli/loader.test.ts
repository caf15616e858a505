import assert from "node:assert/strict";
import { findSourceMap } from "node:module";
import { sep } from "node:path";
// Loaded for its source map.
import "@pulumi/pulumi";

// The tests run with the loader themselves: .mocharc.json.
describe("the loader of TypeScript", () => {
  it("leaves the files of packages to Node.js: they are not parsed, and their source maps are not read", () => {
    assert.equal(findSourceMap(require.resolve("@pulumi/pulumi")), undefined);
  });

  it("names the lines of TypeScript sources in stack traces", () => {
    assert.ok(findSourceMap(__filename));
    interface Erased {
      readonly line: number;
    }
    const erased: Erased = { line: 19 };
    const [, place = ""] = new Error("here").stack?.split("\n") ?? [];
    assert.ok(place.includes(`cli${sep}loader.test.ts:${String(erased.line)}:`), place);
  });
});
