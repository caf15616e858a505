import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkSettings } from "../../contract/config/check";
import { CONFIG_KEYS } from "../../contract/config/read";
import { EFFECTS } from "../../docs/effects";
import type { Effect } from "../../docs/effects/effect";
import { WALKS } from "../engine/matrix/keys";
import { MUTANTS } from "../engine/matrix/mutants";
import { changedKeys } from "../engine/matrix/step";
import { stepsOf } from "../engine/matrix/walk";
import type { Config } from "../engine/support/stack";
import { configPaths, isSet, type ConfigPath } from "../support/configPaths";
import { ROOT } from "../support/local/frontDoor";
import { boundingKeys } from "../support/sources";

const walks = Object.values(WALKS).flat();

describe("the matrix of updates", () => {
  // A key that only limits others changes nothing by itself: configKeys.test.ts finds one that a component reads.
  const bounding = boundingKeys().map(([key]) => key);
  for (const key of CONFIG_KEYS.filter((each) => !bounding.includes(each))) {
    it(`has a walk from a stack without \`${key}\` to one with it`, () => {
      const walk = walks.find((each) => each.key === key);
      assert.ok(walk, `${key} has no steps: add a walk to the file of its section in test/engine/matrix/keys/.`);
      assert.ok(!(key in walk.without), `the walk of ${key} begins with it`);
      assert.ok(
        changedKeys(walk.without, walk.stops[0] ?? {}).some((each) => each === key),
        `the walk of ${key} does not change it`,
      );
    });
  }

  it("sets every value inside of a key, and those of `jwt` at the REST doors as well as at the edge", () => {
    const stops = walks.flatMap(({ stops: each }) => each);
    const unset = (paths: readonly ConfigPath[], configs: readonly Config[]) =>
      paths.filter((path) => !configs.some((config) => isSet(config, path))).map((path) => path.join("."));
    const paths = configPaths();
    assert.ok(paths.length > CONFIG_KEYS.length);
    const tokens = paths.filter(([key]) => key === "jwt");
    // The edge keeps no decisions.
    const atTheEdge = tokens.filter((path) => !path.includes("cacheSeconds"));
    assert.deepEqual(unset(paths, stops), [], "add a stop to the key's walk in test/engine/matrix/keys/");
    assert.deepEqual(
      unset(
        tokens,
        stops.filter(({ apiAuth }) => apiAuth === "jwt"),
      ),
      [],
      "at the REST doors",
    );
    assert.deepEqual(
      unset(
        atTheEdge,
        stops.filter(({ edgeAuth }) => edgeAuth === "jwt"),
      ),
      [],
      "at the edge",
    );
  });

  it("has one walk for each key, and only configs that a stack can have", () => {
    const keys = walks.flatMap(({ key }) => key ?? []);
    assert.deepEqual([...new Set(keys)], keys);
    for (const { without, stops } of walks) {
      for (const config of [without, ...stops]) checkSettings(config, "us-east-1");
    }
  });

  it("has at least 150 updates", () => {
    const steps = walks.map(stepsOf).reduce((sum, each) => sum + each, 0);
    assert.ok(steps >= 150, String(steps));
  });
});

describe("docs/effects", () => {
  const effects = Object.entries<Effect>(EFFECTS);

  it("has the keys of Pulumi.yaml", () => {
    assert.deepEqual(Object.keys(EFFECTS).sort(), [...CONFIG_KEYS].sort());
  });

  it("says what clients notice of everything that moves, or is first deleted", () => {
    const silent = effects.filter(
      ([, { moves = [], gaps = [], interrupts = "" }]) => moves.length + gaps.length > 0 && interrupts === "",
    );
    assert.deepEqual(silent, []);
  });

  it("names among what is replaced whatever is first deleted", () => {
    for (const [key, { gaps = [], replaces = [] }] of effects) {
      for (const type of gaps) assert.ok(replaces.includes(type), `${key}: ${type}`);
    }
  });
});

describe("the faults that the matrix must find", () => {
  it("are eight at least", () => {
    assert.ok(MUTANTS.length >= 8);
  });

  for (const { title, file, find } of MUTANTS) {
    it(`can still be made: ${title}`, () => {
      const count = readFileSync(join(ROOT, file), "utf8").split(find).length - 1;
      assert.equal(count, 1, `${file} has \`${find}\` ${String(count)} times: adapt test/engine/matrix/mutants.ts.`);
    });
  }
});
