import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Graph } from "../../local/program/graph";
import { runProgram } from "../../local/program/program";
import { readStack, type StackConfigValues } from "../../local/program/project";
import { PLACE } from "./program/components";
import { ROOT } from "./local/frontDoor";

const load = createRequire(__filename);
const PROJECT = "agentcore-front-door";
const program = join(ROOT, "index.ts");

/** Stacks of stacks/. */
export const TEST_STACKS: readonly string[] = readdirSync(join(ROOT, "stacks")).flatMap(
  (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
);

/** Runs the program for a stack file, of the project or of stacks/, and gives back what it registers. */
export async function runStack(stack: string, preview: boolean): Promise<Graph> {
  return await run(readStack(stack), preview);
}

/** Runs the program with a config as the engine hands it over: texts as they are, all else as JSON. */
export async function runConfig(values: Readonly<Record<string, unknown>>): Promise<Graph> {
  const config = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `${PROJECT}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return await run({ project: PROJECT, stack: "test", config: { "aws:region": PLACE.region, ...config } }, true);
}

async function run(files: StackConfigValues, preview: boolean): Promise<Graph> {
  // A program runs while its module is loaded: it has to be loaded anew.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete load.cache[program];
  const place = { ...PLACE, region: files.config["aws:region"] ?? PLACE.region };
  return await runProgram(files, { preview, place }, () => load(program));
}
