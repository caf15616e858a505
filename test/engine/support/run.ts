import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ALL_VARIABLE, CLI_VERSION } from "./cli";

/**
 * `npm run test:engine`: every engine test, two files at once; a share of the long lists, or all of them with `--all`. Other arguments go to
 * mocha. Without a `pulumi` on PATH it says in one line what was not run, and passes.
 */
const folder = join("test", "engine");
const rest = process.argv.slice(2);
const all = rest.includes("--all");

if (CLI_VERSION === undefined) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  console.log(
    `There is no pulumi on PATH. Not run: ${files.map((name) => name.replace(/\.test\.ts$/, "")).join(", ")}.`,
  );
} else {
  const args = ["--config", join(folder, "mocharc.json"), "--parallel", "--jobs", "2", join(folder, "*.test.ts")];
  const { status } = spawnSync("mocha", [...args, ...rest.filter((each) => each !== "--all")], {
    stdio: "inherit",
    env: { ...process.env, ...(all && { [ALL_VARIABLE]: "1" }) },
  });
  process.exitCode = status ?? 1;
}
