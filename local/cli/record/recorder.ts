import { createRequire } from "node:module";
import { isAbsolute, join } from "node:path";
import { PROJECT_ROOT, type StackFiles } from "../../program/project";
import type { Recording } from "./record";
import { resolveFromProject } from "./resolution";

/** What the parent sends, once. */
export interface RecordRequest {
  readonly files: StackFiles;
}

/** What this process answers, once. */
export type RecordReply =
  | { readonly recording: Recording }
  /** `message` without a stack, except of a bug in the program. */
  | { readonly refused: string };

/** Runs one program, in a process of its own: a program runs once in a process, and Pulumi's SDK stays in memory. */
async function answer({ files }: RecordRequest): Promise<RecordReply> {
  const [{ record }, { checkPolicies }] = await modules;
  const program = createRequire(join(files.root, "Pulumi.yaml"));
  const main = files.main === undefined ? files.root : join(files.root, files.main);
  try {
    const recording = await record(
      files,
      async () => {
        const { default: exported } = (await import(program.resolve(main))) as { default?: unknown };
        // As in the engine, a module may export a function that makes the resources.
        return typeof exported === "function" ? (exported as () => unknown)() : exported;
      },
      (graph, config) => checkPolicies(graph, undefined, config, host),
    );
    return { recording };
  } catch (error) {
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    return { refused: isBug(error) ? stack : message };
  }
}

/** True for an error that is not written for users, such as a TypeError of the program. */
function isBug(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
}

if (isAbsolute(process.argv[2] ?? "") && process.argv[2] !== PROJECT_ROOT) resolveFromProject();
// Pulumi's SDK takes most of the time, and is the same for every stack.
const modules = Promise.all([import("./record.js"), import("../../policyHost/check.js")]);
const host = modules.then(([, { startPack }]) => startPack());
host.catch(() => undefined);
process.once("message", (request: RecordRequest) => {
  void answer(request).then((reply) => {
    // With the code 0, Pulumi's SDK would speak of the promises that a refused program leaves.
    process.send?.(reply, () => process.exit("refused" in reply ? 1 : 0));
  });
});
process.once("disconnect", () => process.exit());
