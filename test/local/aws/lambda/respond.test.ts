import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { LAMBDA_STREAM } from "../../../../contract/aws/limits";
import { respondWithStream, type StreamLimits } from "../../../../local/aws/lambda/respond";

/** A clock that only the sleeps move. */
class Clock {
  time = 1000;
  readonly now = (): number => this.time;
  readonly sleep = (ms: number): Promise<void> => {
    this.time += ms;
    return Promise.resolve();
  };
}

/** What a client receives of these chunks, and how long it took. */
async function received(
  chunks: readonly Buffer[],
  limits: Omit<StreamLimits, "now" | "sleep">,
): Promise<{ bytes: number; isWhole: boolean; ms: number; sent: number; isRead: boolean }> {
  const clock = new Clock();
  const body = Readable.from(chunks);
  let sent = 0;
  const server = createServer((_request, response) => {
    void respondWithStream({ kind: "stream", contentType: "text/plain", body, error: () => undefined }, response, {
      requirePrelude: false,
      limits: { ...limits, now: clock.now, sleep: clock.sleep },
    }).then((count) => {
      sent = count;
      server.emit("answered");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const answered = once(server, "answered");
  try {
    const request = get({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", agent: false });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    let bytes = 0;
    let isWhole = true;
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) bytes += chunk.byteLength;
    } catch {
      isWhole = false;
    }
    await answered;
    return { bytes, isWhole, ms: clock.time - 1000, sent, isRead: body.readableEnded };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const KB = 1024;
const chunks = (count: number) => Array.from({ length: count }, () => Buffer.alloc(KB, "x"));

describe("the double of Lambda's response streaming", () => {
  it("has the limits of Lambda", () => {
    assert.deepEqual(LAMBDA_STREAM, { bytes: 200_000_000, fullSpeedBytes: 6_291_456, bytesPerSecond: 2_097_152 });
  });

  it("has no pace for the first bytes", async () => {
    const { bytes, ms } = await received(chunks(6), {
      bytes: 200 * KB,
      fullSpeedBytes: 6 * KB,
      bytesPerSecond: 2 * KB,
    });
    assert.deepEqual([bytes, ms], [6 * KB, 0]);
  });

  it("has it for the others", async () => {
    const limits = { bytes: 200 * KB, fullSpeedBytes: 6 * KB, bytesPerSecond: 2 * KB };
    assert.equal((await received(chunks(10), limits)).ms, 2000);
    assert.equal((await received([Buffer.alloc(10 * KB)], limits)).ms, 2000);
  });

  it("passes on what has the largest size, and cuts what is larger there, while the function continues", async () => {
    const limits = { bytes: 10 * KB, fullSpeedBytes: 20 * KB, bytesPerSecond: KB };
    const whole = await received(chunks(10), limits);
    assert.deepEqual([whole.bytes, whole.isWhole, whole.sent], [10 * KB, true, 10 * KB]);
    for (const larger of [[...chunks(10), Buffer.from("x")], [...chunks(20)], [Buffer.alloc(11 * KB)]]) {
      const cut = await received(larger, limits);
      assert.deepEqual([cut.isWhole, cut.sent, cut.isRead], [false, 10 * KB, true]);
      assert.ok(cut.bytes <= 10 * KB);
    }
  });
});
