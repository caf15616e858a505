import { createContext, Script } from "node:vm";

/** The work was stopped by its time limit. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

const CALL = new Script("work()");
let context: { work?: (() => void) | undefined } | undefined;

/**
 * Runs synchronous work and stops it at a time limit. The engine can stop any code, also within one match of a pattern. Data that the work
 * was changing is inconsistent then and must not be used.
 * https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options (`timeout`)
 *
 * @param ms milliseconds; below 1 the work does not run
 * @throws OutOfTime, or the error of the work
 */
export function withinTime<Result>(ms: number, work: () => Result): Result {
  const timeout = Math.floor(ms);
  if (!(timeout >= 1)) throw new OutOfTime();
  context ??= createContext({});
  const outcome: { result?: Result } = {};
  context.work = () => {
    outcome.result = work();
  };
  try {
    CALL.runInContext(context, { timeout });
    return outcome.result as Result;
  } catch (error) {
    // The error belongs to another context, so it is not an instance of this context's `Error`.
    const { code } = (error ?? {}) as { code?: unknown };
    throw code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? new OutOfTime() : error;
  } finally {
    context.work = undefined;
  }
}
