import { once } from "node:events";
import { connect } from "node:net";

/** A request as the bytes of its lines: nothing on the way corrects them. */
export interface RawRequest {
  readonly method?: string;
  /** The request target, with the door's base path. */
  readonly target: string;
  /** Lines without their line ends, `Host` included. */
  readonly lines: readonly string[];
  /** Bytes behind the empty line, as they are. */
  readonly body?: string | Buffer;
}

/**
 * Sends the bytes of a request over its own connection.
 *
 * @param origin such as `http://127.0.0.1:8080`
 * @returns all that the server sends until it closes the connection
 */
export async function sendRaw(
  origin: string,
  { method = "POST", target, lines, body = "" }: RawRequest,
): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A server that refuses a request may reset the connection. What it sent before counts.
  socket.on("error", () => undefined);
  const head = [`${method} ${target} HTTP/1.1`, ...lines, "Connection: close", "", ""].join("\r\n");
  socket.write(Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]));
  await once(socket, "close");
  return Buffer.concat(chunks).toString("utf8");
}

/** The status of a raw answer; 0 if there is none. */
export function rawStatus(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
