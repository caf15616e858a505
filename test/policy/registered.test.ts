import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { RULES } from "../../policy/rules";

const load = createRequire(__filename);
const folder = join(__dirname, "..", "..", "policy", "rules");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && basename(file) !== "index.ts",
);
const registered = new Set<unknown>(RULES);

/** The rules that a file exports. */
function rulesOf(file: string): readonly (readonly [name: string, rule: object])[] {
  return Object.entries(load(join(folder, file)) as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
    typeof value === "object" && value !== null && "rationale" in value ? [[name, value] as const] : [],
  );
}

/** Whether a file in the same folder imports this one. */
function isImported(file: string): boolean {
  return files.some(
    (other) =>
      dirname(other) === dirname(file) &&
      readFileSync(join(folder, other), "utf8").includes(`from "./${basename(file, ".ts")}"`),
  );
}

describe("policy/rules/", () => {
  it("has the rules of the pack, each in one place", () => {
    const found = files.flatMap((file) => rulesOf(file).map(([, rule]) => rule));
    assert.equal(new Set(found).size, found.length);
    const twice = (values: readonly unknown[]): unknown[] => values.filter((each, at) => values.indexOf(each) !== at);
    assert.deepEqual(twice(RULES.map(({ id }) => id)), [], "registered once, with an id of its own");
    assert.deepEqual(
      RULES.filter((rule) => !found.includes(rule)).map(({ id }) => id),
      [],
    );
  });

  for (const file of files) {
    it(`has nothing that the pack leaves out: ${file}`, () => {
      const rules = rulesOf(file);
      if (rules.length === 0) assert.ok(isImported(file), "a file without a rule must help one that has");
      for (const [name, rule] of rules) {
        assert.ok(registered.has(rule), `${name} is not in policy/rules: add it to ${join(dirname(file), "index.ts")}`);
      }
    });
  }
});
