import assert from "node:assert/strict";
import { once } from "node:events";
import { Readable } from "node:stream";
import { chunks } from "../../../functions/agent/chunks";

const PARTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"].map((text) =>
  Buffer.from(text),
);

function partsOf(end: (stream: Readable) => void): Readable {
  const stream = new Readable({ read: () => undefined });
  for (const part of PARTS) stream.push(part);
  end(stream);
  return stream;
}

async function readAll(body: unknown): Promise<Uint8Array[]> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks(body)) read.push(chunk);
  return read;
}

describe("the chunks of the agent's answer", () => {
  it("are the ones that arrived: those that wait are not joined, and none is copied", async () => {
    const read = await readAll(partsOf((stream) => stream.push(null)));
    assert.equal(read.length, PARTS.length);
    for (const [index, chunk] of read.entries()) assert.equal(chunk, PARTS[index]);
  });

  it("are none if the answer has no body", async () => {
    assert.deepEqual(await readAll(undefined), []);
  });

  it("are all read before the error of a stream that breaks", async () => {
    const stream = partsOf(() => undefined);
    const read: Uint8Array[] = [];
    await assert.rejects(
      async () => {
        for await (const chunk of chunks(stream)) {
          read.push(chunk);
          if (read.length === PARTS.length) stream.destroy(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
        }
      },
      { code: "ECONNRESET" },
    );
    assert.equal(read.length, PARTS.length);
  });

  it("end with an error if the stream broke before it was read, or is closed without an end", async () => {
    const failed = partsOf((stream) => stream.destroy(new Error("gone")));
    await once(failed, "error");
    await assert.rejects(readAll(failed), { message: "gone" });
    const closed = partsOf((stream) => stream.destroy());
    await once(closed, "close");
    await assert.rejects(readAll(closed), { code: "ECONNRESET" });
    const closing = partsOf(() => undefined);
    await assert.rejects(
      async () => {
        for await (const chunk of chunks(closing)) if (chunk === PARTS.at(-1)) closing.destroy();
      },
      { code: "ECONNRESET" },
    );
  });

  it("are not read further if the reader stops, and the call ends", async () => {
    const stream = partsOf(() => undefined);
    for await (const chunk of chunks(stream)) if (chunk === PARTS[1]) break;
    assert.ok(stream.destroyed);
  });
});
