import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { ROOT } from "../local/frontDoor";

const ENVIRONMENT = join(".cache", "python");
const PYTHON = join(ENVIRONMENT, "bin", "python");

/** Why tests in Python cannot run; undefined if they can. .ci/run makes the environment. */
export const NO_PYTHON: string | undefined = existsSync(join(ROOT, PYTHON))
  ? undefined
  : `There is no ${PYTHON}. Make it with: python3 -m venv ${ENVIRONMENT} && ${ENVIRONMENT}/bin/pip install -r test/support/python/requirements.txt`;

/**
 * Runs a script of this folder.
 *
 * @returns its standard output
 * @throws Error with its standard error if it fails
 */
export async function runPython(script: string, input: string): Promise<string> {
  const child = spawn(join(ROOT, PYTHON), [join(__dirname, script)]);
  const ended = once(child, "exit") as Promise<[status: number | null]>;
  child.stdin.end(input);
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(`${script} ended with ${String(status)}:\n${errors}`);
  return output;
}
