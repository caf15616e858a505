import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { LAMBDA_STREAM, LARGEST_STREAM } from "../../../contract/aws/limits";
import { ERRORS } from "../../../contract/wire/errors";
import { encodeEvent } from "../../../contract/wire/sse";
import { relayEvents, type Relayed } from "../../../functions/answer/relay";
import { relayAsEvent, relayBytes } from "../../../functions/answer/relayWhole";
import { speechOf } from "../../../functions/answer/speech";
import { Sink } from "../../../functions/answer/sink";
import type { Run } from "../../../functions/handler/run";
import { parsed } from "../../support/http/sse";

const RUN = { requestId: "r", deadline: new AbortController().signal } as Run;
const EVENT = Buffer.from("data: 0123456789\n\n");

/** An agent that answers for ever, a client that reads all, and a limit of bytes. */
async function answered(
  relay: typeof relayEvents | typeof relayBytes | typeof relayAsEvent,
  contentType: string,
  chunk: Buffer,
  limit: number,
  most = Infinity,
): Promise<{ bytes: Buffer; result: Relayed; isStopped: boolean }> {
  const out: Buffer[] = [];
  const client = new Writable({
    write: (written: Buffer, _encoding, done) => {
      out.push(written);
      done();
    },
  });
  let isStopped = false;
  async function* body() {
    try {
      for (let i = 0; i < most; i++) yield await Promise.resolve(chunk);
    } finally {
      isStopped = true;
    }
  }
  const sink = new Sink(client, RUN.deadline, limit);
  const result = await relay({ contentType, body: body() }, sink, RUN, await speechOf({}));
  if (!result.brokeOff) await sink.end();
  return { bytes: Buffer.concat(out), result, isStopped };
}

describe("an answer that is larger than a stream can be", () => {
  it("has an end of its own before Lambda's cut, with room for the metadata and the error", () => {
    const error = encodeEvent("error", { error: { code: "STREAM_TOO_LARGE", ...ERRORS.STREAM_TOO_LARGE } });
    assert.ok(LARGEST_STREAM + 16 * 1024 + 2 * error.length < LAMBDA_STREAM.bytes);
    assert.ok(LAMBDA_STREAM.bytes <= 200 * 1024 * 1024);
  });

  for (const extra of [0, 1, EVENT.length - 1])
    it(`an event stream ends with an error event after its whole events, ${extra} bytes before the limit`, async () => {
      const { bytes, result, isStopped } = await answered(
        relayEvents,
        "text/event-stream",
        EVENT,
        3 * EVENT.length + extra,
      );
      const events = parsed(bytes);
      const error = events.pop();
      assert.equal(events.length, 3);
      assert.equal(error?.event, "error");
      assert.match(error.data, /"code":"STREAM_TOO_LARGE".*"request_id":"r"/);
      assert.equal(result.code, "STREAM_TOO_LARGE");
      assert.equal(result.events >= 3, true);
      assert.ok(isStopped, "the agent is still read");
    });

  it("an event stream that fits exactly is not an error", async () => {
    const { bytes, result } = await answered(relayEvents, "text/event-stream", EVENT, 3 * EVENT.length, 3);
    assert.equal(bytes.toString(), EVENT.toString().repeat(3));
    assert.equal(result.code, undefined);
  });

  it("an event too large to hold is ended, and the error is an event of its own", async () => {
    const piece = Buffer.from(`data: ${"x".repeat(1_100_000)}`);
    const { bytes, result } = await answered(relayEvents, "text/event-stream", piece, 2_500_000);
    assert.equal(parsed(bytes).at(-1)?.event, "error");
    assert.equal(result.code, "STREAM_TOO_LARGE");
  });

  it("bytes of another type break off", async () => {
    const { bytes, result, isStopped } = await answered(relayBytes, "application/octet-stream", EVENT, 100);
    assert.equal(bytes.length, 5 * EVENT.length);
    assert.deepEqual([result.code, result.brokeOff, isStopped], ["STREAM_TOO_LARGE", true, true]);
    const fits = await answered(relayBytes, "application/octet-stream", EVENT, 5 * EVENT.length, 5);
    assert.deepEqual([fits.result.code, fits.result.brokeOff], [undefined, undefined]);
  });

  it("a late answer of another type ends its event and then reports the error", async () => {
    const { bytes, result, isStopped } = await answered(relayAsEvent, "text/plain", Buffer.from("text"), 100);
    const [text, error] = parsed(bytes);
    assert.match(text?.data ?? "", /^(?:text)+$/);
    assert.match(error?.data ?? "", /"code":"STREAM_TOO_LARGE"/);
    assert.deepEqual([result.code, isStopped], ["STREAM_TOO_LARGE", true]);
  });

  it("the door's own comments count", async () => {
    const client = new Writable({
      write: (_chunk, _encoding, done: () => void) => {
        done();
      },
    });
    const sink = new Sink(client, RUN.deadline, EVENT.length + 10);
    sink.say(": keepalive\n\n");
    await assert.rejects(async () => await sink.write(EVENT), { name: "StreamTooLarge" });
    assert.equal(sink.bytes, 0);
  });
});
