import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { OUTPUTS } from "../../contract/config/outputs";
import type { Graph } from "../../local/program/graph";
import { runProgram } from "../../local/program/program";
import { readStack, type StackConfigValues } from "../../local/program/project";
import { PLACE, withoutStackTraces } from "./program/components";
import { ROOT } from "./local/frontDoor";

const load = createRequire(__filename);
const PROJECT = "agentcore-front-door";

/** The stacks in stacks/. */
export const TEST_STACKS: readonly string[] = readdirSync(join(ROOT, "stacks")).flatMap(
  (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
);

const recorded = new Map<string, Promise<Graph>>();

/**
 * Runs the program for a stack file, of the project or of stacks/, and returns what it registers. It runs once per process for each stack
 * and mode: the graph is shared and must not be changed.
 */
export function runStack(stack: string, preview: boolean): Promise<Graph> {
  const key = `${stack} ${String(preview)}`;
  const graph = recorded.get(key) ?? withoutStackTraces(() => run(readStack(stack), preview));
  recorded.set(key, graph);
  return graph;
}

/** Runs the program with a config as the engine passes it: texts unchanged, other values as JSON. */
export async function runConfig(values: Readonly<Record<string, unknown>>): Promise<Graph> {
  const config = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `${PROJECT}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return await withoutStackTraces(() =>
    run({ project: PROJECT, stack: "test", config: { "aws:region": PLACE.region, ...config } }, true),
  );
}

/**
 * Runs index.ts. A program runs when its module is loaded, so it is loaded again.
 *
 * @throws AssertionError for an output that the docs do not name, whatever the stack
 */
export function runIndex(): unknown {
  const program = join(ROOT, "index.ts");
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete load.cache[program];
  const exported = load(program) as object;
  for (const name of Object.keys(exported))
    assert.ok(name in OUTPUTS, `contract/config/outputs.ts does not say what ${name} is for`);
  return exported;
}

async function run(files: StackConfigValues, preview: boolean): Promise<Graph> {
  const place = { ...PLACE, region: files.config["aws:region"] ?? PLACE.region };
  return await runProgram(files, { preview, place }, () => runIndex());
}
