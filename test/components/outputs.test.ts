import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { OUTPUTS } from "../../contract/config/outputs";
import { runProgram } from "../../local/program/program";
import { readStack } from "../../local/program/project";
import { PLACE } from "../support/program/components";
import { ROOT } from "../support/local/frontDoor";

const load = createRequire(__filename);
const program = join(ROOT, "index.ts");
const PROJECT = "agentcore-front-door";

/** Names of the outputs of the program for a config. */
async function outputsOf(config: Readonly<Record<string, string>>): Promise<readonly string[]> {
  let exported: object = {};
  const place = { ...PLACE, region: config["aws:region"] ?? PLACE.region };
  await runProgram({ project: PROJECT, stack: "test", config }, { preview: true, place }, () => {
    // A program runs when its module is loaded, so it must be loaded again.
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete load.cache[program];
    exported = load(program) as object;
  });
  return Object.keys(exported);
}

/** Two configs that together have every output: with an edge, the Function URL's own outputs are missing. */
const CONFIGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "all doors, with all that makes outputs": {
    [`${PROJECT}:doors`]: '["bufferedApi","streamingUrl","streamingApi"]',
    [`${PROJECT}:sampleAgent`]: "true",
    [`${PROJECT}:apiAuth`]: "cognito",
    [`${PROJECT}:apiKeys`]: '{"partner":{}}',
    [`${PROJECT}:dashboard`]: "true",
  },
  "an edge": readStack("public-edge").config,
};

describe("the outputs of the program", () => {
  const seen = new Set<string>();

  for (const [title, config] of Object.entries(CONFIGS)) {
    it(`are all in the table of outputs: ${title}`, async () => {
      for (const name of await outputsOf(config)) {
        assert.ok(name in OUTPUTS, `contract/config/outputs.ts does not say what ${name} is for`);
        seen.add(name);
      }
    });
  }

  it("exist: the table names no other", () => {
    assert.deepEqual([...seen].sort(), Object.keys(OUTPUTS).sort());
  });

  it("are in docs/outputs.md, each with its meaning", () => {
    const page = readFileSync(join(ROOT, "docs", "outputs.md"), "utf8");
    for (const [name, meaning] of Object.entries(OUTPUTS)) {
      const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` `));
      assert.ok(row?.includes(meaning), name);
    }
  });
});
