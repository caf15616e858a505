import assert from "node:assert/strict";
import { TEST_STACKS } from "../support/stacks";
import { engineSuite, share } from "./support/cli";
import { POLICY_PACK } from "./support/config";
import { stackConfig, withStack } from "./support/stack";

// Each stack also comes from an earlier version, in upgrades.test.ts.
engineSuite("every stack of stacks/", () => {
  for (const name of share(TEST_STACKS, 3)) {
    it(`${name} comes up, stays as it is, and goes`, async () => {
      const config = stackConfig(name);
      await withStack({ region: String(config["aws:region"]) }, async (stack) => {
        // It fails if the pack has a mandatory finding.
        await stack.preview(config, { policyPacks: [POLICY_PACK] });
        await stack.up(config);
        const preview = await stack.preview();
        assert.deepEqual(named(preview.steps), [], "a preview after the update");
        const second = await stack.up();
        assert.deepEqual(named(second.steps), [], "a second update");
        await stack.destroy();
        // Other APIs of the account log with what `ownsAccountLogging` made.
        const kept = stack.cloud.everything.filter(
          ({ urn }) => !urn.includes("$agentcore-front-door:index:AccountLogging$"),
        );
        assert.deepEqual(kept, []);
      });
    });
  }
});

function named(steps: readonly { op: string; name: string }[]): string[] {
  return steps.map(({ op, name }) => `${op} ${name}`);
}
