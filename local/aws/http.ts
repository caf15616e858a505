import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { loopbackRefusal, type Callers } from "./loopback";

/** The server of one double, on loopback. */
export interface Listening {
  readonly server: Server;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
}

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Starts a server on 127.0.0.1, which refuses what a page of another host may have sent.
 *
 * @param port 0 for any free port
 * @param callers who may call it: clients, pages included, or only processes of the local target
 * @param option the option that names the port
 * @throws Error with the port's number if it is in use
 */
export async function listen(
  handle: Handle,
  port = 0,
  callers: Callers = "clients",
  option = "--port",
): Promise<Listening> {
  const server = createServer((request, response) => {
    const refusal = loopbackRefusal(request, callers);
    if (refusal !== undefined) {
      request.resume();
      sendJson(response, 421, { message: refusal });
      return;
    }
    handle(request, response).catch((error: unknown) => {
      // A client that disconnects is not an error. Anything else must be visible.
      if (!response.destroyed) console.error(error);
      response.destroy();
    });
  });
  // A stream may last as long as it needs, and a kept connection must not end while its next request is on the way.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw portTaken(port, option, error);
  }
  return { server, origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

/** @param option the option that names the port */
export function portTaken(port: number, option = "--port", cause?: unknown): Error {
  const text = `Port ${String(port)} is taken. Use ${option} with another one, or leave it out for free ports.`;
  return new Error(text, { cause });
}

export async function close({ server }: Listening): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, "close");
}

/**
 * Reads a request to its end, so that an early answer reaches the client.
 *
 * @returns the size, and the bytes unless there are more than `limit`
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<{ size: number; body?: Buffer }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength;
    if (size <= limit) chunks.push(chunk as Buffer);
  }
  return size <= limit ? { size, body: Buffer.concat(chunks) } : { size };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: string | object,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Decodes the escapes of a path; returns the path unchanged if they are malformed. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Raw header lines as pairs, in the sender's spelling. */
export function headerPairs({ rawHeaders }: IncomingMessage): [name: string, value: string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[index * 2] ?? "",
    rawHeaders[index * 2 + 1] ?? "",
  ]);
}
