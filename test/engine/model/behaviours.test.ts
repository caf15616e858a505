import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BEHAVIOURS, type BehaviourName } from "../provider/behaviours";
import { ACCOUNT } from "../scenarios/account";
import { GATEWAY } from "../scenarios/gateway";
import { PROVIDER } from "../scenarios/provider";
import { play, type Scenario } from "../scenarios/scenario";
import { engineSuite, share } from "../support/cli";

const SCENARIOS: Partial<Record<BehaviourName, Scenario>> = { ...PROVIDER, ...ACCOUNT, ...GATEWAY };
const NAMES = Object.keys(BEHAVIOURS) as BehaviourName[];
const ENGINE = join(__dirname, "..");
/** Of these a share runs without `--all`. */
const PLAYED = 5;

describe("the table of behaviours", () => {
  it("has a scenario for each, and each names a test file that relies on it", () => {
    const wrong = NAMES.filter((name) => {
      const guards = SCENARIOS[name]?.guards;
      return guards === undefined || !readFileSync(join(ENGINE, guards), "utf8").includes("engineSuite(");
    });
    assert.deepEqual(wrong, []);
  });

  it("is the table of the README", () => {
    const rows = readFileSync(join(ENGINE, "README.md"), "utf8")
      .split("\n")
      .filter((line) => /^\| `\w+` /.test(line))
      .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | +\|?$|^ +/g, "")));
    const expected = Object.entries(BEHAVIOURS).map(([name, { says, source, known }]) => [
      `\`${name}\``,
      says,
      source,
      known,
    ]);
    assert.deepEqual(rows, expected);
  });
});

engineSuite("each behaviour of the model", () => {
  for (const name of share(NAMES, PLAYED)) {
    it(`is seen, and is not seen without it: ${name}`, async () => {
      const scenario = SCENARIOS[name];
      assert.ok(scenario);
      assert.equal(await play(scenario, []), true, "with it");
      assert.equal(await play(scenario, [name]), false, "without it");
    });
  }
});
