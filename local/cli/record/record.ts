import type { Finding, PackConfig } from "../../policyHost/host";
import { decidingOf, packConfigOf } from "../../policyHost/packConfig";
import { plainGraph } from "../../program/assets";
import type { Graph, Resource } from "../../program/graph";
import { placeOf } from "../../program/place";
import type { StackFiles } from "../../program/project";
import { runStackProgram } from "../../program/stackProgram";

/** What a program registers for a stack, and what the policy pack finds in it. */
export interface Recording {
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
}

/** Runs the policy pack over the registered resources. */
export type Check = (graph: Graph, config: PackConfig) => Promise<readonly Finding[]>;

/**
 * Runs a program for a stack, and then the policy pack. A program runs only once in a process.
 *
 * @param program the import of its index.ts
 * @throws Error if the program refuses the config, or the pack does not start
 */
export async function record(files: StackFiles, program: () => unknown, check: Check): Promise<Recording> {
  const graph = await runStackProgram(files, placeOf(files), program);
  const findings = await check(graph, packConfigOf(decidingOf(files.config, files.project)));
  return { resources: (await plainGraph(graph)).resources, findings };
}
