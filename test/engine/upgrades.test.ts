import assert from "node:assert/strict";
import { TYPES } from "../../local/program/graph";
import { TEST_STACKS } from "../support/stacks";
import { holdings } from "./matrix/held";
import { declaredLocks } from "./matrix/served/locks";
import { servedProblems, settingsOf } from "./matrix/step";
import type { Cloud } from "./provider/cloud/cloud";
import { keptStacks, readState, VERSIONS } from "./states/files";
import { engineSuite } from "./support/cli";
import { outputsOf } from "./support/state";
import { withStack } from "./support/stack";

/** Longest time that an import, an update and a preview take, on a machine with other work. */
const LONGEST_MS = 300_000;

for (const version of VERSIONS) {
  engineSuite(`stacks that the version of ${version} deployed`, () => {
    for (const name of keptStacks(version)) {
      it(`${name} comes to this version, and its clients notice nothing`, async () => {
        const { config, state } = readState(version, name);
        await withStack({ region: String(config["aws:region"]) }, async (stack) => {
          await stack.restore(state);
          const { cloud } = stack;
          const before = held(cloud, outputsOf(state));
          const locked = cloud.all(TYPES.resourcePolicy).map(({ id }) => id);
          const settings = settingsOf(withoutProject(config));
          assert.deepEqual(locked.sort(), [...declaredLocks(cloud, settings)].sort(), "what the state locks");

          await stack.up(config);
          const after = held(cloud, await stack.outputs());
          const lost = before.filter((each) => !after.includes(each));
          assert.deepEqual(lost, [], "what clients hold, and is not there any more");
          for (const arn of locked) assert.ok(!cloud.lockStates.get(arn)?.includes(false), `${arn} stays locked`);
          assert.deepEqual([...servedProblems(cloud, settings)], []);
          assert.deepEqual((await stack.preview()).steps, [], "a preview afterwards");
        });
      }).timeout(LONGEST_MS);
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

/** What clients hold, whatever the resources are called that it is of. */
function held(cloud: Cloud, outputs: Readonly<Record<string, unknown>>): readonly string[] {
  return [...holdings(cloud, outputs).values()].map((each) => `${each.held} ${each.value}`);
}

/** Keys without the project's name before them, as the tests have them. */
function withoutProject(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace(/^agentcore-front-door:/, ""), value]),
  );
}
