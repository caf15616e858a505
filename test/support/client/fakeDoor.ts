import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Reply = (response: ServerResponse, request: Received) => void;

/** A server that answers as a test says, for faults that no real door has at will. Browsers may call it from any origin. */
export class FakeDoor {
  readonly received: Received[] = [];
  /** Sends the answer to the next requests. */
  reply: Reply = (response) => response.end();
  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeDoor> {
    const server = createServer();
    const door = new FakeDoor(server);
    server.on("request", (incoming, response) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Allow-Headers", "*, authorization");
      response.setHeader("Access-Control-Allow-Methods", "*");
      response.setHeader("Access-Control-Expose-Headers", "X-Session-Id, X-Request-Id, Retry-After");
      if (incoming.method === "OPTIONS") {
        response.writeHead(204).end();
        return;
      }
      void text(incoming).then((body) => {
        const { method = "", url: path = "", headers } = incoming;
        const request = { method, path, headers, body };
        door.received.push(request);
        door.reply(response, request);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** The next requests get these bytes as an event stream. @param end how it ends: as it should, or with a broken connection */
  streams(bytes: Uint8Array | string, end: "end" | "break" = "end", headers: Record<string, string> = {}): void {
    this.reply = (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream", "X-Request-Id": "request-1", ...headers });
      response.flushHeaders();
      response.write(bytes, () => (end === "end" ? response.end() : response.destroy()));
    };
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
