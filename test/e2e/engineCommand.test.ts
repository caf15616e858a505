import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ROOT } from "../support/local/frontDoor";

describe("npm run test:engine without a pulumi on PATH", () => {
  it("passes, and says in one line what was not run", () => {
    const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", "test/engine/support/run.ts", "--all"], {
      cwd: ROOT,
      encoding: "utf8",
      env: { PATH: dirname(process.execPath) },
    });
    const files = readdirSync(join(ROOT, "test", "engine"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => basename(name, ".test.ts"));
    assert.equal(stdout, `There is no pulumi on PATH. Not run: ${files.join(", ")}.\n`);
    assert.equal(status, 0);
  });
});
