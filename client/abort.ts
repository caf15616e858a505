import { ownError } from "./errors/own";

/** The result of `work`, or an error as soon as the signal is aborted: no work has to hear of the signal for that. */
export async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(ownError("ABORTED", { cause: signal.reason }));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
