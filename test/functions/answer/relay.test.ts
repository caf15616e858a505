import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { mock } from "node:test";
import fc from "fast-check";
import { HEARTBEAT_MS } from "../../../contract/aws/limits";
import { HEARTBEAT } from "../../../contract/wire/sse";
import { relayEvents, type Relayed } from "../../../functions/answer/relay";
import { speechOf } from "../../../functions/answer/speech";
import type { Run } from "../../../functions/handler/run";
import { Sink } from "../../../functions/answer/sink";
import { cut, parsed, parsedInPython, STREAM_FORMS } from "../../support/http/sse";

const RUN = { requestId: "r", deadline: new AbortController().signal } as Run;
const MEGABYTE = 1024 * 1024;

/**
 * What a client receives from an agent that is silent before and after each chunk, long enough for a heartbeat, and then ends or breaks.
 */
async function relayed(chunks: readonly Uint8Array[], dies = false): Promise<{ bytes: Buffer; result: Relayed }> {
  const out: Buffer[] = [];
  const client = new Writable({
    highWaterMark: 64 * MEGABYTE,
    write: (chunk: Buffer, _encoding, done) => {
      out.push(chunk);
      done();
    },
  });
  const sink = new Sink(client, RUN.deadline);
  async function* body() {
    mock.timers.tick(HEARTBEAT_MS);
    for (const chunk of chunks) {
      yield await Promise.resolve(chunk);
      mock.timers.tick(HEARTBEAT_MS);
    }
    if (dies) throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  }
  sink.keepAlive();
  const speech = await speechOf({ dialect: undefined });
  const result = await relayEvents({ contentType: "text/event-stream", body: body() }, sink, RUN, speech);
  await sink.end();
  return { bytes: Buffer.concat(out), result };
}

/** Removes the door's own comments. */
const agentsOf = (bytes: Buffer): string => bytes.toString().replaceAll(/: keepalive\n\n?/g, "");

async function assertWhole(bytes: Buffer, places: readonly number[], text = bytes.toString()): Promise<void> {
  const where = `${JSON.stringify(text)} cut at ${places.join(", ")}`;
  const { bytes: got } = await relayed(cut(bytes, places));
  assert.ok(got.includes(": keepalive\n"), where);
  assert.deepEqual(parsed(got), parsed(bytes), where);
  assert.deepEqual(parsedInPython(got), parsedInPython(bytes), where);
}

async function assertBroken(bytes: Buffer, places: readonly number[]): Promise<void> {
  const { bytes: got, result } = await relayed(cut(bytes, places), true);
  const events = parsed(got);
  const error = events.pop();
  const where = `${JSON.stringify(bytes.toString())} cut at ${places.join(", ")}`;
  assert.deepEqual(events, parsed(bytes), where);
  assert.deepEqual([error?.event, result.code], ["error", "AGENT_ERROR"], where);
  assert.match(error?.data ?? "", /^\{"error":\{"code":"AGENT_ERROR",.*"request_id":"r"\}\}$/, where);
}

describe("an event stream on its way through the sink", () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  for (const [title, text] of Object.entries(STREAM_FORMS)) {
    const bytes = Buffer.from(text);

    it(`${title}: the same events at every cut, with a comment in every silence`, async () => {
      for (let at = 0; at <= bytes.length; at++) await assertWhole(bytes, [at]);
      await assertWhole(bytes, [...bytes.keys()]);
    });

    it(`${title}: whole events and then the door's error, wherever the agent breaks off`, async () => {
      for (let length = 0; length <= bytes.length; length++) {
        const broken = bytes.subarray(0, length);
        await assertBroken(broken, []);
        await assertBroken(broken, [length - 1]);
        await assertBroken(broken, [...broken.keys()]);
      }
    });
  }

  it("any stream, cut and broken off anywhere", async () => {
    const piece = fc.constantFrom(
      "data: x",
      "data: é\u2028",
      "id: 1",
      "retry: 5",
      "event: y",
      ": c",
      "\n",
      "\n",
      "\r",
      "\r",
      "\r\n",
    );
    const places = fc.array(fc.nat(200), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), places, async (pieces, at) => {
        const bytes = Buffer.from(pieces.join(""));
        await assertWhole(bytes, at);
        await assertBroken(bytes, at);
      }),
      { numRuns: 1_500 },
    );
  });

  it("leaves the agent's bytes as they are, and in their order", async () => {
    const bytes = Buffer.from("data: a\r\n\r\nid: 1\ndata: b\r\rdata: c");
    const { bytes: got } = await relayed(cut(bytes, [...bytes.keys()]));
    assert.equal(agentsOf(got), bytes.toString());
  });

  it("fills a silence with one line once an id has gone out, and with two before", async () => {
    const { bytes } = await relayed(
      ["data: a\n\n", "id: 1\n", "data: b\n\n", "data: c\n\n"].map((text) => Buffer.from(text)),
    );
    assert.equal(
      bytes.toString(),
      `${HEARTBEAT}data: a\n\n${HEARTBEAT}${HEARTBEAT}id: 1\ndata: b\n\n: keepalive\ndata: c\n\n: keepalive\n`,
    );
  });

  it("an event too large to hold that breaks off is ended, and the error is an event of its own", async () => {
    for (const [last, data] of [
      ["x", "x"],
      ["x\n", "x"],
      ["x\r", "x"],
      ["x\r\n", "x"],
      ["x\ndata: y", "x\ny"],
    ] as const) {
      const chunk = Buffer.from(`id: 1\ndata: ${"x".repeat(1_100_000)}${last}`);
      const { bytes } = await relayed([chunk], true);
      const [half, error, ...more] = parsed(bytes);
      assert.equal(half?.data.slice(1_100_000), data);
      assert.equal(error?.event, "error");
      assert.equal(more.length, 0);
      assert.equal(parsedInPython(bytes).length, 2, JSON.stringify(last));
    }
  });

  describe("finds an agent's own report of a failure", () => {
    const giant = "x".repeat(1_500_000);
    for (const [title, text, code] of [
      ["in one event", 'data: {"error": "x", "error_type": "E"}\n\n', "AGENT_ERROR"],
      ["behind a byte order mark", "\ufeffevent: error\ndata: x\n\n", "AGENT_ERROR"],
      ["but not behind a mark that is none", "data: a\n\n\ufeffevent: error\ndata: x\n\n", undefined],
      ["without a blank line at the end", "data: a\n\nevent: error\ndata: x", "AGENT_ERROR"],
      ["named in a large event", `event: error\ndata: ${giant}\n\ndata: a\n\n`, "AGENT_ERROR"],
      ["in a large object", `data: {"error": "${giant}", "error_type": "E"}\n\ndata: a\n\n`, "AGENT_ERROR"],
      ["in a large object that never ends its event", `data: {"error": "${giant}", "error_type": "E"}`, "AGENT_ERROR"],
      ["behind a large event", `data: ${giant}\n\nevent: error\n\n`, "AGENT_ERROR"],
      ["named in an event too large to be kept", `event: error\ndata: ${giant.repeat(6)}\n\n`, "AGENT_ERROR"],
      ["behind an event too large to be kept", `data: ${giant.repeat(6)}\n\nevent: error\n\n`, "AGENT_ERROR"],
      ["but not in a large text that has the words", `data: ${giant}event: error\n\n`, undefined],
      ["but not in a text beyond what is kept", `data: ${giant.repeat(6)}event: error\n\n`, undefined],
    ] as const) {
      it(title, async () => {
        const bytes = Buffer.from(text);
        for (const size of [bytes.length, 65_536, 1_048_577, ...(bytes.length < 200 ? [1, 2, 3, 7] : [])]) {
          const places = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => i * size);
          assert.equal((await relayed(cut(bytes, places))).result.code, code, `in pieces of ${size}`);
        }
      });
    }
  });
});
