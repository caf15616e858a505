import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../support/local/frontDoor";
import { inProject, PREVIEWED } from "../support/package/emptyProject";

describe("the types of the npm package", () => {
  it("are made by prepack, and an empty TypeScript project compiles with them", () => {
    inProject(({ installed, preview }) => {
      const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
      const project = join(ROOT, "components", "package", "tsconfig.json");
      execFileSync(process.execPath, [tsc, "-p", project, "--outDir", join(installed, "types")]);
      assert.deepEqual(preview(true), PREVIEWED);
    });
  }).timeout(300_000);
});
