import type { IncomingMessage } from "node:http";

/** What a double did with a request. */
export interface Served {
  readonly status: number;
  /** Of the answer's payload. */
  readonly bytes?: number;
  /** For the person at the terminal: why it was refused. Never sent to the client. */
  readonly note?: string;
}

/** One line a request: time, door, request, status, size, duration, and the reason of a refusal. */
export function requestLine(
  door: string,
  { method = "", url = "" }: IncomingMessage,
  served: Served,
  startedAt: number,
): string {
  const { status, bytes, note } = served;
  const path = url.split("?", 1)[0] ?? "";
  const size = bytes === undefined ? "" : ` ${String(bytes)} B`;
  const time = new Date(startedAt).toISOString().slice(11, 23);
  return `${time} ${door} ${method} ${path} ${String(status)}${size} ${String(Date.now() - startedAt)} ms${note ? ` (${note})` : ""}`;
}
