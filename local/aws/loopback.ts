import type { IncomingMessage } from "node:http";

/** Who may call a port: any client of this machine, pages in a browser included, or only the processes of the local target. */
export type Callers = "clients" | "processes";

/** The names of this machine that no DNS server answers. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|(?:[\w-]+\.)*localhost|\[::1\])(?::\d+)?$/i;

/**
 * Why a port on loopback does not answer a request; undefined if it does. A page of another site reaches loopback under its own name when its
 * DNS server says 127.0.0.1 (DNS rebinding): the header Host shows it. A browser adds headers that no process of the local target sends.
 */
export function loopbackRefusal(request: Pick<IncomingMessage, "headers">, callers: Callers): string | undefined {
  const { host = "", origin, "sec-fetch-site": site } = request.headers;
  if (!LOOPBACK.test(host))
    return `This port does not answer to the host ${JSON.stringify(host.slice(0, 100))}. Use 127.0.0.1 or localhost.`;
  if (callers === "processes" && (origin !== undefined || site !== undefined))
    return "This port answers to the local target only, not to pages in a browser. Use the URL of a door.";
  return undefined;
}
