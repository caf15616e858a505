import assert from "node:assert/strict";
import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { stackFile } from "../../support/local/frontDoor";
import { LocalFrontDoor } from "../../support/local/localFrontDoor";
import { OwnAgent } from "../../support/local/ownAgent";

const MB = 1024 * 1024;
const mb = (bytes: number): string => (bytes / MB).toFixed(1);

async function rssOf(pid: string): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", pid]);
  return Number(stdout) * 1024;
}

async function readAll(response: Response): Promise<number> {
  let read = 0;
  for await (const chunk of response.body ?? []) read += (chunk as Uint8Array).byteLength;
  return read;
}

describe("memory", () => {
  describe("of a sandbox, with 40 MB that nobody reads", () => {
    // After 6 MB the double sends as slowly as Lambda: 2 MiB a second.
    const [warm, total] = [6 * MB, 40 * MB];
    let offered = 0;
    let agent: OwnAgent;
    let frontDoor: LocalFrontDoor;

    const offer = async (response: ServerResponse, bytes: number): Promise<void> => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      const event = Buffer.from(`data: ${"x".repeat(16_000)}\n\n`);
      for (offered = 0; offered < bytes && !response.destroyed; offered += event.byteLength) {
        if (!response.write(event)) await once(response, "drain").catch(() => undefined);
      }
      response.end();
    };

    before(async () => {
      agent = await OwnAgent.start((prompt, response) => {
        void offer(response, prompt === "warm" ? warm : total);
      });
      frontDoor = await LocalFrontDoor.start(["--config-file", stackFile({}), "--agent", agent.url]);
    });
    after(async () => {
      await frontDoor.stop();
      await agent.stop();
    });

    for (const door of ["streamingUrl", "streamingApi"] as const) {
      it(`stays flat at ${door}, and the agent waits`, async () => {
        // A first answer, read to its end: code is compiled, and buffers have their size.
        assert.ok((await readAll(await frontDoor.invoke(door, { prompt: "warm" }))) >= warm);
        const pids = await frontDoor.sandboxes();
        const before = await Promise.all(pids.map(rssOf));
        offered = 0;
        const response = await frontDoor.invoke(door, { prompt: "hello" });
        // Held back: what the agent has offered does not grow any more.
        for (let last = -1; offered === 0 || offered !== last;) {
          last = offered;
          await sleep(300);
        }
        const held = offered;
        const unread = Math.max(...(await growth(pids, before)));
        assert.ok(held < 0.75 * total, `the agent was held back at ${mb(held)} MB`);

        assert.ok((await readAll(response)) >= total, "all of it arrives when it is read");
        const after = Math.max(...(await growth(pids, before)));
        console.log(
          `      ${door}: agent held back at ${mb(held)} of 40 MB; sandbox grew by ${mb(unread)} MB unread, by ${mb(after)} MB when read`,
        );
        assert.ok(unread < 24 * MB && after < 24 * MB);
      });
    }

    async function growth(pids: readonly string[], before: readonly number[]): Promise<number[]> {
      const now = await Promise.all(pids.map(rssOf));
      return now.map((rss, index) => rss - (before[index] ?? 0));
    }
  });

  it("of one process stays flat with 500 slow streams at once", async () => {
    const [streams, events] = [500, 10];
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      let sent = 0;
      const timer = setInterval(() => {
        response.write(`data: ${"x".repeat(200)}\n\n`);
        if (++sent < events) return;
        clearInterval(timer);
        response.end();
      }, 300);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const child = fork(
      join(__dirname, "..", "..", "support", "handlers", "manyStreams.ts"),
      [String(streams), String(events)],
      {
        execArgv: ["--expose-gc", "--import", "tsx"],
        env: {
          ...process.env,
          AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          AWS_ACCESS_KEY_ID: "AKIDTEST",
          AWS_SECRET_ACCESS_KEY: "secret",
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        },
      },
    );
    try {
      const ended = once(child, "exit").then(([code]) => {
        throw new Error(`The process of the streams ended with code ${String(code)}.`);
      });
      const message = once(child, "message") as Promise<[Record<string, { rss: number; heap: number }>]>;
      const [measured] = await Promise.race([message, ended]);
      ended.catch(() => undefined);
      const { base, open, later, done } = measured;
      assert.ok(base && open && later && done);
      const perStream = (open.rss - base.rss) / streams / 1024;
      const heapPerStream = (open.heap - base.heap) / streams / 1024;
      console.log(
        `      500 streams: ${mb(base.rss)} MB before, ${mb(open.rss)} MB open, ${mb(later.rss)} MB nine events later, ${mb(done.heap - base.heap)} MB of heap left; ${perStream.toFixed(0)} KB a stream, ${heapPerStream.toFixed(0)} KB of it heap`,
      );
      assert.ok(perStream < 300, "a stream costs its sockets and little more");
      assert.ok(later.heap - open.heap < 16 * MB, "events leave nothing behind");
    } finally {
      child.kill();
      server.close();
      server.closeAllConnections();
    }
  });
});
