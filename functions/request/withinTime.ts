import { createContext, Script } from "node:vm";

/** Work was ended before it was done. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

const CALL = new Script("work()");
let context: { work?: (() => void) | undefined } | undefined;

/**
 * Does work that cannot be waited for, and ends it in its midst when its time is up: the engine stops, whatever code is running, also
 * within one match of a pattern. What the work was changing is left half-changed, and must not be used again.
 * https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options (`timeout`)
 *
 * @param ms milliseconds; less than one gives no time at all
 * @throws OutOfTime, or what the work throws
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
    // Made in the other context, so it is not an `Error` of this one.
    const { code } = (error ?? {}) as { code?: unknown };
    throw code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? new OutOfTime() : error;
  } finally {
    context.work = undefined;
  }
}
