import assert from "node:assert/strict";
import { TEST_STACKS } from "../support/stacks";
import { holdings } from "./matrix/held";
import { declaredLocks } from "./matrix/served/locks";
import { servedProblems, settingsOf } from "./matrix/step";
import { keptStacks, readState, VERSIONS } from "./states/files";
import { engineSuite } from "./support/cli";
import { withStack } from "./support/stack";

for (const version of VERSIONS) {
  engineSuite(`stacks that the version of ${version} deployed`, () => {
    for (const name of keptStacks(version)) {
      it(`${name} comes to this version, and its clients notice nothing`, async () => {
        const { config, state } = readState(version, name);
        await withStack({ region: String(config["aws:region"]) }, async (stack) => {
          await stack.restore(state);
          const { cloud } = stack;
          const before = [...holdings(cloud)];
          const locked = before.filter(([, { held }]) => held === "locked ARN").map(([, { value }]) => value);
          const settings = settingsOf(withoutProject(config));
          assert.deepEqual(locked.sort(), [...declaredLocks(cloud, settings)].sort(), "what the state locks");

          await stack.up(config);
          const after = holdings(cloud);
          const moved = before.filter(([key, { value }]) => after.get(key)?.value !== value);
          assert.deepEqual(moved, [], "what clients hold and does not answer any more");
          for (const arn of locked) assert.ok(!cloud.lockStates.get(arn)?.includes(false), `${arn} stays locked`);
          assert.deepEqual([...servedProblems(cloud, settings)], []);
          assert.deepEqual((await stack.preview()).steps, [], "a preview afterwards");
        });
      });
    }
  });
}

describe("the kept states", () => {
  it("have a version of every stack that there was, and none of a stack whose name is new", () => {
    assert.ok(VERSIONS.length > 0);
    for (const version of VERSIONS) assert.ok(keptStacks(version).length >= 20, version);
    const unknown = VERSIONS.flatMap(keptStacks).filter((name) => !TEST_STACKS.includes(name));
    assert.deepEqual(unknown, []);
  });
});

/** Keys without the project's name before them, as the tests have them. */
function withoutProject(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^agentcore-front-door:/, ""), value]));
}
