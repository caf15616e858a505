import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../support/local/frontDoor";

const json = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), "utf8"));

describe("the runner of the tests", () => {
  it("has no files of its own: mocha adds those of its config to the ones that it is given", () => {
    assert.ok(!("spec" in (json(".mocharc.json") as object)));
  });

  it("runs all tests but the engine's and the browser's with npm test, and takes options behind it", () => {
    const { scripts } = json("package.json") as { scripts: Record<string, string> };
    // test:deep runs the deep ones.
    assert.equal(
      scripts["test"],
      'mocha --parallel --jobs 3 "test/**/*.test.ts" --ignore "test/{browser,engine}/**" --ignore "test/**/*.deep.test.ts"',
    );
    assert.equal(scripts["test:deep"], 'mocha "test/**/*.deep.test.ts"');
    assert.match(scripts["coverage"] ?? "", /npm test --$/);
  });

  it("starts only files that exist", () => {
    const { scripts } = json("package.json") as { scripts: Record<string, string> };
    const files = Object.values(scripts).flatMap((script) => script.match(/\S+\.(?:ts|cjs|mjs)$/gm) ?? []);
    assert.ok(files.length >= 4);
    for (const file of files) assert.ok(existsSync(join(ROOT, file)), file);
  });

  it("runs one file where one is given", async () => {
    const folder = mkdtempSync(join(tmpdir(), "front-door-mocha-"));
    try {
      const file = join(folder, "one.test.ts");
      writeFileSync(
        file,
        'it("alone", () => {\n  const typed: number = 1;\n  if (typed !== 1) throw new Error();\n});\n',
      );
      const mocha = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");
      const env = { ...process.env, NODE_OPTIONS: "" };
      const { stdout } = await promisify(execFile)(process.execPath, [mocha, file], { cwd: ROOT, env });
      assert.match(stdout, /alone/);
      assert.match(stdout, /^1 passed, 0 failed$/m);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
