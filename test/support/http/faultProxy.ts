import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A network fault. `after`: it happens when these bytes have passed; an empty text means the first byte. */
export type Fault =
  | { readonly kind: "latency"; readonly ms: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  | { readonly kind: "stall" | "fin" | "rst"; readonly after: string | Buffer };

/** A TCP proxy on loopback that causes faults on demand. */
export class FaultProxy {
  /** On the way from the target. */
  down: Fault | undefined;
  /** On the way to the target. */
  up: Fault | undefined;
  /** Resets every new connection. */
  refuses = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly target: URL) {
    this.server = createServer({ allowHalfOpen: true }, (client) => {
      this.accept(client);
    });
  }

  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target));
    proxy.server.listen(0, "127.0.0.1");
    await once(proxy.server, "listening");
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Removes all faults; closes connections that have one. */
  mend(): void {
    this.down = this.up = undefined;
    this.refuses = false;
    this.drop();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.drop();
    await once(this.server, "close");
  }

  private drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private accept(client: Socket): void {
    if (this.refuses) {
      client.resetAndDestroy();
      return;
    }
    const target = connect({ host: this.target.hostname, port: Number(this.target.port), allowHalfOpen: true });
    for (const socket of [client, target]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    void pass(client, target, () => this.up);
    void pass(target, client, () => this.down);
  }
}

async function pass(from: Socket, to: Socket, fault: () => Fault | undefined): Promise<void> {
  let seen = Buffer.alloc(0);
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      const now = fault();
      if (now?.kind === "latency") await sleep(now.ms);
      if (now?.kind === "slow") await sleep((chunk.byteLength / now.bytesPerSecond) * 1000);
      if (now && "after" in now) {
        // A mark can be split between chunks.
        seen = Buffer.concat([seen.subarray(-200), chunk]);
        const mark = Buffer.from(now.after);
        const at = seen.indexOf(mark);
        if (at >= 0) {
          const end = at + mark.byteLength - (seen.byteLength - chunk.byteLength);
          to.write(chunk.subarray(0, Math.max(0, end)), () => {
            if (now.kind === "fin") to.end();
            else if (now.kind === "rst") to.resetAndDestroy();
          });
          if (now.kind === "stall") await once(from, "close");
          return;
        }
      }
      if (!to.write(chunk)) await once(to, "drain");
    }
    to.end();
  } catch {
    to.destroy();
  }
}
