import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { browserFiles } from "./support/tier";
import { ROOT } from "../support/local/frontDoor";

const run = (args: readonly string[], path: string) =>
  spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", env: { PATH: path } });
const RUNNER = ["--import", "tsx", "test/browser/support/run.ts"];
const NONE = ["--grep", "no test has this title"];

describe("npm run test:browser", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "front-door-no-browser-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("without Chromium passes, says in one line what was not run and how to install it, and counts it as skipped", () => {
    const { status, stdout, stderr } = run(RUNNER, folder);
    const [line = "", count = "", ...more] = stdout.trimEnd().split("\n");
    assert.deepEqual([status, stderr, more], [0, "", []]);
    const files = browserFiles().map((file) => basename(file, ".test.ts"));
    assert.ok(files.length > 0);
    assert.equal(
      line,
      `There is no Chromium on PATH (chromium or google-chrome; on Debian: apt-get install chromium). Not run: ${files.join(", ")}.`,
    );
    const [, skipped] = /^0 passed, 0 failed, (\d+) skipped$/.exec(count) ?? [];
    assert.ok(Number(skipped) > 50, count);
  });

  it("with Chromium fails if it runs no test", () => {
    // No test starts it.
    symlinkSync(process.execPath, join(folder, "chromium"));
    const { status, stdout } = run([...RUNNER, ...NONE], folder);
    assert.match(stdout, /^0 passed, 0 failed$/m);
    assert.equal(status, 1);
  });
});
