import assert from "node:assert/strict";
import { bytesOf, RECORDED } from "../../captures/recorded";
import { parsedInPython } from "../../support/http/sse";
import { NO_PYTHON, runPython } from "../../support/python/python";
import { LINE_ENDS, withHeartbeats } from "./commented";

/** What parsers.py writes for each stream. */
interface Read {
  readonly httpxSse: readonly unknown[];
  readonly openai: { readonly events: readonly unknown[]; readonly error: string | null };
}

async function readInPython(streams: readonly (readonly Uint8Array[])[]): Promise<Read[]> {
  const input = streams.map((chunks) => chunks.map((chunk) => Buffer.from(chunk).toString("base64")));
  const output = await runPython("parsers.py", JSON.stringify(input));
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Read);
}

describe("parsers of Python", function () {
  this.timeout(300_000);
  before(function () {
    if (NO_PYTHON === undefined) return;
    console.log(NO_PYTHON);
    this.skip();
  });

  for (const [title, end] of Object.entries(LINE_ENDS)) {
    it(`httpx-sse and openai read the same events with and without heartbeats, over ${title}, with and without ids`, async () => {
      const files = Object.keys(RECORDED).filter((file) => file.endsWith(".sse"));
      const sent = files.flatMap((file) => [...withHeartbeats(bytesOf(file), end)].map((each) => ({ file, ...each })));
      const [without, found] = [
        await readInPython(sent.map(({ agent }) => agent)),
        await readInPython(sent.map(({ all }) => all)),
      ];
      assert.equal(found.length, sent.length);
      let read = 0;
      for (const [index, { file, agent, hasIds }] of sent.entries()) {
        const where = `${file}${hasIds ? " with ids" : ""}`;
        assert.deepEqual(found[index], without[index], where);
        // The model that the tests without Python use.
        const model = parsedInPython(Buffer.concat(agent)).map((each) => ({ ...each, event: each.event || "message" }));
        assert.deepEqual(found[index]?.httpxSse, model, where);
        if (RECORDED[file]?.dialect !== "openAi" || RECORDED[file].text === undefined) continue;
        const { events, error } = found[index].openai;
        assert.equal(error, null, where);
        read += events.length;
      }
      assert.ok(read > 50);
    });
  }
});
