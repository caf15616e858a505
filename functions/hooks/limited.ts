import { OutOfTime, withinTime } from "../request/redact/withinTime";
import { HookFault } from "./fault";

/**
 * Calls code of the stack with a time limit. Code that blocks is stopped too, unless it blocks after it has waited for something: then only the
 * timeout of the function ends it.
 *
 * @param name what is called, for the log
 * @param limitMs milliseconds
 * @throws HookFault if the code throws, rejects or takes longer
 */
export async function limited<Result>(
  name: string,
  limitMs: number,
  call: (signal: AbortSignal) => Result | Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        limit.abort();
        reject(new OutOfTime());
      },
      Math.max(0, limitMs),
    );
  });
  try {
    return await Promise.race([withinTime(limitMs, () => call(limit.signal)), passed]);
  } catch (error) {
    throw faultOf(name, error);
  } finally {
    clearTimeout(timer);
  }
}

/** The same for code that does not wait, such as what a value of the stack's code does when it is read. */
export function limitedSync<Result>(name: string, limitMs: number, call: () => Result): Result {
  try {
    return withinTime(limitMs, call);
  } catch (error) {
    throw faultOf(name, error);
  }
}

function faultOf(name: string, error: unknown): HookFault {
  if (error instanceof HookFault) return error;
  return error instanceof OutOfTime
    ? new HookFault("HOOK_TIMEOUT", `${name} took too long`)
    : new HookFault("HOOK_FAILED", `${name} threw`, error);
}
