import assert from "node:assert/strict";
import fc from "fast-check";
import { matches, within } from "../../policy/aws/iamPolicy";

describe("patterns of IAM", () => {
  for (const [pattern, text, expected] of [
    ["*", "", true],
    ["*", "s3:GetObject", true],
    ["s3:Get*", "s3:getobject", true],
    ["s3:*Object", "s3:GetObjectObject", true],
    ["s3:*Object", "s3:GetObjects", false],
    ["s3:Get?", "s3:Get", false],
    ["s3:Get?*", "s3:GetX", true],
    ["a.c", "abc", false],
    ["", "a", false],
    ["", "", true],
    ["ab", "abc", false],
    ["*a*b*c", "xaybzcc", true],
  ] as const)
    it(`${JSON.stringify(pattern)} ${expected ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
      assert.equal(matches(pattern, text), expected);
    });

  it("match as a regular expression does", () => {
    const words = fc.array(fc.constantFrom("a", "b", ":"), { maxLength: 12 }).map((parts) => parts.join(""));
    const patterns = fc
      .array(fc.constantFrom("a", "b", ":", "*", "?"), { maxLength: 8 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(patterns, words, (pattern, text) => {
        const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
        assert.equal(matches(pattern, text), new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("take a moment for the longest text, however many stars", () => {
    assert.equal(matches("*a".repeat(200), "a".repeat(5000) + "b"), false);
  });

  it("cover a value only with all that it stands for", () => {
    assert.equal(within(["xray:PutTrace*"], ["xray:Put*"]), true);
    assert.equal(within(["xray:P*"], ["xray:Put*"]), false);
    assert.equal(within(["xray:*"], ["xray:?"]), false);
    assert.equal(within([], ["xray:Put*"]), true);
    assert.equal(within(undefined, ["*"]), false);
  });

  it("cover nothing that a wildcard of the value reaches beyond", () => {
    const parts = fc.array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 6 }).map((all) => all.join(""));
    const words = fc.array(fc.constantFrom("a", "b"), { maxLength: 8 }).map((all) => all.join(""));
    fc.assert(
      fc.property(parts, parts, words, (value, pattern, text) => {
        if (within([value], [pattern]) === true && matches(value, text)) assert.ok(matches(pattern, text));
      }),
      { numRuns: 5000 },
    );
  });
});
