import { performance } from "node:perf_hooks";
import type { Answer } from "../../client/index";
import { FrontDoorError } from "../../client/index";
import type { Call } from "./options";

type Form = Pick<Call, "form" | "stats">;

/** Prints an answer as it comes. @throws FrontDoorError after what came before the failure */
export async function printAnswer(answer: Answer, { form, stats }: Form): Promise<void> {
  const start = performance.now();
  const arrivals: number[] = [];
  const pieces = form === "raw" ? answer.raw() : answer;
  let text = "";
  try {
    for await (const piece of pieces) {
      arrivals.push(performance.now() - start);
      if (form === "json") text += String(piece);
      else process.stdout.write(piece);
    }
    if (form === "text") process.stdout.write("\n");
    if (form === "json") {
      const { sessionId: session_id, requestId: request_id, usage } = answer;
      process.stdout.write(`${JSON.stringify({ text, session_id, request_id, usage })}\n`);
    }
  } finally {
    if (stats) process.stderr.write(`${dim(statsText(arrivals, performance.now() - start))}\n`);
  }
}

/** `first byte 120 ms, 9 gaps of 200 ms (longest 210 ms), total 2120 ms`. The times are those at which pieces of the answer arrived. */
export function statsText(arrivals: readonly number[], total: number): string {
  const [first] = arrivals;
  if (first === undefined) return `no byte, total ${total.toFixed(0)} ms`;
  const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
  const sorted = [...gaps].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const count = `${String(gaps.length)} gap${gaps.length === 1 ? "" : "s"}`;
  const middle =
    gaps.length === 0 ? "no gaps" : `${count} of ${median.toFixed(0)} ms (longest ${Math.max(...gaps).toFixed(0)} ms)`;
  return `first byte ${first.toFixed(0)} ms, ${middle}, total ${total.toFixed(0)} ms`;
}

/** An error as a line of JSON on standard output, or as text for people on standard error: code, message with its remedy, and request id. */
export function printError(error: unknown, form: Form["form"]): void {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const { code, status, requestId, retryAfter, remedy } =
    error instanceof FrontDoorError ? error : ({} as Partial<FrontDoorError>);
  if (form === "json") {
    const fields = { code, message, status, request_id: requestId, retry_after: retryAfter, remedy };
    process.stdout.write(`${JSON.stringify({ error: fields })}\n`);
    return;
  }
  const deepest = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = deepest instanceof Error && deepest.message !== "" ? ` (${deepest.message})` : "";
  const wait = retryAfter === undefined ? "" : `\nretry after: ${String(retryAfter)} s`;
  // What support needs to find the request in the log.
  const request = requestId === undefined ? "" : `\nrequest: ${requestId}`;
  process.stderr.write(`${code === undefined ? "" : `${red(code)} `}${message}${why}${wait}${request}\n`);
}

/** Colours only on a terminal, and not if the user wants none. https://no-color.org */
function coloured(code: number, text: string): string {
  const hasColours = process.stderr.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
  return hasColours ? `\u001b[${String(code)}m${text}\u001b[0m` : text;
}

export const dim = (text: string): string => coloured(2, text);
const red = (text: string): string => coloured(31, text);
