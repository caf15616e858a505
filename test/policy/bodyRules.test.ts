import assert from "node:assert/strict";
import { MANAGED_GROUPS } from "../../contract/aws/waf";
import { BODY_RULES } from "../../policy/aws/managedRuleGroups";

describe("the rules on bodies in AWS's groups", () => {
  for (const { name, blocks, counts } of MANAGED_GROUPS) {
    it(`are the same to the web ACL, which counts them, and to the pack: ${name}`, () => {
      assert.deepEqual([...counts].sort(), [...(BODY_RULES[name] ?? [])].sort());
      assert.deepEqual(
        blocks.filter((rule) => rule.endsWith("_BODY")),
        [],
        "a rule on bodies blocks prompts",
      );
    });
  }
});
