import * as pulumi from "@pulumi/pulumi";
import type { Graph } from "./graph";
import { runProgram } from "./program";
import type { StackFiles } from "./project";
import type { Place } from "./services/creation";

/**
 * Runs a program for a stack, as an update does.
 *
 * @param program the import of index.ts
 * @throws Error with the stack's file and the program's message if the program refuses the config; otherwise as {@link runProgram}
 */
export async function runStackProgram(files: StackFiles, place: Place, program: () => unknown): Promise<Graph> {
  try {
    return await runProgram(files, { preview: false, place }, program);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    throw new Error(`${files.file}: ${error.message}`, { cause: error });
  }
}
