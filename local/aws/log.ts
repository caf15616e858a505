/** How much a line says: news is always shown, such as a request's line or a refusal; details only with `--verbose`. */
export type Weight = "news" | "detail";

/** Receives one line for the terminal. */
export type OnLog = (line: string, weight: Weight) => void;

/** Fields of a handler's line for a request, and of an authorizer's line. */
interface HandlerLine {
  readonly level?: string;
  readonly message?: string;
  readonly code?: string;
  readonly cause?: string;
  readonly reason?: string;
  readonly runtime_status?: number;
  readonly agent_status?: number;
}

/**
 * Logs a line of a function. The handler's line for each request, with its metrics, is a detail, because the double writes a line of its own; of
 * a failure its code and cause are news. Anything else that a function prints is news: it is what a developer looks for.
 */
export function logFunctionLine(name: string, line: string, onLog: OnLog): void {
  const fields = handlerLine(line);
  onLog(`  [${name}] ${line}`, fields ? "detail" : "news");
  if (!fields || fields.level === "INFO" || fields.level === undefined) return;
  const { code, cause, runtime_status: runtime, agent_status: agent, reason } = fields;
  const parts = [code, cause, runtime && `runtime ${String(runtime)}`, agent && `agent ${String(agent)}`, reason];
  onLog(`  [${name}] ${parts.filter(Boolean).join(", ")}`, "news");
}

function handlerLine(line: string): HandlerLine | undefined {
  if (!/^\{.*"message":"(?:request|authorize)"/.test(line)) return undefined;
  try {
    return JSON.parse(line) as HandlerLine;
  } catch {
    return undefined;
  }
}
