import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { ALL_VARIABLE, CLI_VERSION, STEPS_VARIABLE } from "./cli";
import { engineFiles } from "./files";

/**
 * `npm run test:engine`: every engine test, a share of the long lists, or all of them with `--all`. Other arguments go to mocha. Two files run at
 * once, each in a process of its own: an update that fails leaves promises in the SDK that would end a later program. It prints how many updates
 * the matrix made. Without a `pulumi` on PATH it says in one line what was not run, and passes.
 */
const rest = process.argv.slice(2);
const isAll = rest.includes("--all");
const files = engineFiles();

/** Runs a file, then prints what it printed. @returns whether it passed */
async function run(file: string, steps: string): Promise<boolean> {
  const args = ["--config", join("test", "engine", "mocharc.json"), file, ...rest.filter((each) => each !== "--all")];
  const child = spawn("mocha", args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, [STEPS_VARIABLE]: steps, ...(isAll && { [ALL_VARIABLE]: "1" }) },
  });
  const ended = once(child, "exit") as Promise<[status: number | null]>;
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  process.stdout.write(output);
  process.stderr.write(errors);
  return status === 0;
}

async function runAll(): Promise<void> {
  const notes = mkdtempSync(join(tmpdir(), "front-door-engine-run-"));
  const steps = join(notes, "steps");
  writeFileSync(steps, "");
  // Long files first, which stand last in the order of names, so that both end at about the same time.
  const queue = [...files].sort().reverse();
  const results: boolean[] = [];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) results.push(await run(file, steps));
  };
  await Promise.all([worker(), worker()]);
  console.log(`The matrix made ${String(readFileSync(steps, "utf8").length)} updates.`);
  rmSync(notes, { recursive: true });
  process.exitCode = results.every(Boolean) ? 0 : 1;
}

if (CLI_VERSION === undefined) {
  const titles = files.map((name) => basename(name, ".test.ts"));
  console.log(`There is no pulumi on PATH. Not run: ${titles.join(", ")}.`);
} else {
  void runAll();
}
