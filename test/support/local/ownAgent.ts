import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that the agent got. */
export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** An agent by the container contract, as a user would write it. The test scripts its answers. */
export class OwnAgent {
  readonly received: Received[] = [];
  private readonly server: Server;

  private constructor(private readonly answer: (prompt: string, response: ServerResponse) => void) {
    this.server = createServer((request, response) => {
      void this.serve(request, response);
    });
  }

  static async start(answer: (prompt: string, response: ServerResponse) => void): Promise<OwnAgent> {
    const agent = new OwnAgent(answer);
    agent.server.listen(0, "127.0.0.1");
    await once(agent.server, "listening");
    return agent;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits until it has received `count` requests since `received` was last emptied. */
  async has(count: number): Promise<void> {
    while (this.received.length < count) await once(this.server, "asked");
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === "/ping") {
      response.writeHead(200, { "Content-Type": "application/json" }).end('{"status":"Healthy"}');
      return;
    }
    const body = await text(request);
    this.received.push({ headers: request.headers, body });
    this.server.emit("asked");
    this.answer((JSON.parse(body) as { prompt: string }).prompt, response);
  }
}
