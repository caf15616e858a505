import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ALL_VARIABLE, CLI_VERSION, STEPS_VARIABLE } from "./cli";
import { engineFiles } from "./files";

/**
 * `npm run test:engine`: every engine test, two files at once; a share of the long lists, or all of them with `--all`. Other arguments go to
 * mocha. It prints how many updates the matrix made. Without a `pulumi` on PATH it says in one line what was not run, and passes.
 */
const folder = join("test", "engine");
const files = engineFiles();
const rest = process.argv.slice(2);
const all = rest.includes("--all");

if (CLI_VERSION === undefined) {
  const titles = files.map((name) => basename(name, ".test.ts"));
  console.log(`There is no pulumi on PATH. Not run: ${titles.join(", ")}.`);
} else {
  const notes = mkdtempSync(join(tmpdir(), "front-door-engine-run-"));
  const steps = join(notes, "steps");
  writeFileSync(steps, "");
  const args = ["--config", join(folder, "mocharc.json"), "--parallel", "--jobs", "2"];
  const { status } = spawnSync("mocha", [...args, ...files, ...rest.filter((each) => each !== "--all")], {
    stdio: "inherit",
    env: { ...process.env, [STEPS_VARIABLE]: steps, ...(all && { [ALL_VARIABLE]: "1" }) },
  });
  console.log(`The matrix made ${String(readFileSync(steps, "utf8").length)} updates.`);
  rmSync(notes, { recursive: true });
  process.exitCode = status ?? 1;
}
