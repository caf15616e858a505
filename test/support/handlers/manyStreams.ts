import { once } from "node:events";
import { Writable } from "node:stream";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { EVENTS, handlerSettings, installLambdaGlobal } from "./handlers";

/**
 * A process that serves many streams at once, as Lambda Managed Instances do, and prints the memory that they need.
 * Arguments: number of streams, number of events of each. The agent is another process.
 */
const [streams = 0, events = 0] = process.argv.slice(2).map(Number);

/** A client that counts events and reads slowly. */
class SlowClient extends Writable {
  seen = 0;

  constructor() {
    super({ highWaterMark: 16_384 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (chunk.includes("data:")) {
      this.seen++;
      this.emit("seen");
    }
    setTimeout(done, 20);
  }

  async until(count: number): Promise<void> {
    while (this.seen < count) await once(this, "seen");
  }
}

function memory(): { rss: number; heap: number } {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed };
}

async function main(): Promise<void> {
  installLambdaGlobal();
  // As in the runtime, the client's stream itself receives the payload; it has no prelude here.
  Object.assign(globalThis.awslambda.HttpResponseStream, { from: (stream: Writable) => stream });
  const handle = streamingHandler(handlerSettings());
  const event = EVENTS["Function URL event 2.0"]({
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ prompt: "slow" }),
  });
  process.stdout.write = () => true;

  const base = memory();
  const clients = Array.from({ length: streams }, () => new SlowClient().setMaxListeners(0));
  const context = { awsRequestId: "r", getRemainingTimeInMillis: () => 600_000 };
  const running = clients.map((client) => handle(event, client as unknown as awslambda.HttpResponseStream, context));
  await Promise.all(clients.map((client) => client.until(1)));
  const open = memory();
  await Promise.all(clients.map((client) => client.until(events)));
  const later = memory();
  await Promise.all(running);
  const done = memory();
  process.send?.({ base, open, later, done });
}

void main().then(() => {
  process.disconnect();
});
