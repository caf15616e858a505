import type { IncomingMessage } from "node:http";

/** What a double did with a request. */
export interface Served {
  readonly status: number;
  /** Of the answer's payload. */
  readonly bytes?: number;
  /** For the person at the terminal: why it was refused. Never sent to the client. */
  readonly note?: string;
}

/**
 * One line a request: time, door, route, status, size, duration, and the reason of a refusal. Of the path only what the contract
 * knows: like an access log's `resourcePath`, the line holds nothing that the caller has made up.
 */
export function requestLine(
  door: string,
  { method = "", url = "" }: Pick<IncomingMessage, "method" | "url">,
  served: Served,
  startedAt: number,
): string {
  const { status, bytes, note } = served;
  const path = routeOf(url);
  const size = bytes === undefined ? "" : ` ${String(bytes)} B`;
  const time = new Date(startedAt).toISOString().slice(11, 23);
  return `${time} ${door} ${method} ${path} ${String(status)}${size} ${String(Date.now() - startedAt)} ms${note ? ` (${note})` : ""}`;
}

function routeOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  const [, stage = "", agent, route] =
    /^(\/live|\/buffered|\/streaming)?(\/agents\/[^/]+(?=\/(?:invoke|sessions\/)))?(\/invoke|\/health|\/sessions\/(?=[^/]+$)|\/$)/.exec(
      path,
    ) ?? [];
  if (route === undefined) return "/{other}";
  return `${stage}${agent === undefined ? "" : "/agents/{agent}"}${route === "/sessions/" ? "/sessions/{id}" : route}`;
}
