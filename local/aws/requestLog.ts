import type { IncomingMessage } from "node:http";

/** How a double answered a request. */
export interface Served {
  readonly status: number;
  /** Size of the answer's payload. */
  readonly bytes?: number;
  /** Why the request was refused, for the terminal. Never sent to the client. */
  readonly note?: string;
}

/**
 * One line per request: time, door, route, status, size, duration, and the reason of a refusal. Only the routes of the contract are shown:
 * the line contains no text that the caller chose, as with `resourcePath` in an access log.
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
