import { createRequire } from "node:module";
import { join } from "node:path";
import type { Graph } from "../../local/graph/graph";
import { runProgram } from "../../local/graph/program";
import { readStack } from "../../local/graph/project";
import { PLACE } from "./components";
import { ROOT } from "./frontDoor";

const load = createRequire(__filename);
const program = join(ROOT, "index.ts");

/** Runs the program for a stack file, of the project or of test/stacks, and gives back what it registers. */
export async function runStack(stack: string, preview: boolean): Promise<Graph> {
  // A program runs while its module is loaded: it has to be loaded anew.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete load.cache[program];
  return await runProgram(readStack(stack), { preview, place: PLACE }, () => load(program));
}
