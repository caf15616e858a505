import assert from "node:assert/strict";
import { DIALECT_NAMES, type DialectName } from "../../../contract/wire/dialects/names";
import { CAPTURES, FAILURES, streamOf } from "../../contract/wire/dialects/captures";
import { harmlessEvents } from "../../contract/wire/dialects/harmless";
import { handlerSettings } from "../../support/handlers/handlers";
import { restEvent, withDoors, type Collected } from "../../support/handlers/withDoors";
import { RUNTIME_ARN } from "../../support/program/components";

describe("the dialects of agents, through the handlers", () => {
  const pinned = { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined, dialect: "agUi" as DialectName };
  const { plane, line, streamed, collected } = withDoors({
    ...handlerSettings(),
    agents: new Map([
      ["pinned", pinned],
      ...DIALECT_NAMES.map((dialect) => [dialect.toLowerCase(), { ...pinned, dialect }] as const),
    ]),
  });

  for (const [title, { events, text, usage }] of Object.entries(CAPTURES)) {
    it(`${title}: collected as its text, streamed as its bytes, however it is cut`, async () => {
      for (const end of ["\n", "\r\n"]) {
        const bytes = Buffer.from(streamOf(events, end));
        for (const part of [0, 3, 7, 11]) {
          const at = Math.floor((bytes.length * part) / 13);
          plane.streams(bytes.subarray(0, at), bytes.subarray(at));
          for (const { status, body } of await collected()) {
            const { response, content_type, usage: tokens } = JSON.parse(body) as Collected;
            assert.deepEqual([status, response, content_type], [200, text, "text/event-stream"]);
            assert.deepEqual(tokens, usage && { input_tokens: usage.input, output_tokens: usage.output });
            assert.deepEqual([line()["input_tokens"], line()["output_tokens"]], [usage?.input, usage?.output]);
          }
          const { prelude, body } = await streamed(restEvent());
          assert.deepEqual([prelude.statusCode, body], [200, bytes.toString()]);
          assert.deepEqual([line()["level"], line()["code"]], ["INFO", undefined]);
          assert.deepEqual([line()["input_tokens"], line()["output_tokens"]], [usage?.input, usage?.output]);
        }
      }
    });
  }

  for (const [dialect, event] of FAILURES) {
    it(`a failure is a 502 if collected, and AGENT_ERROR in the log: ${JSON.stringify(event)}`, async () => {
      const before = Object.values(CAPTURES).find((capture) => dialect === "any" || capture.dialect === dialect);
      for (const events of [[event], [...(before?.events ?? []), event]]) {
        const bytes = Buffer.from(`\ufeff${streamOf(events)}`);
        plane.streams(bytes.subarray(0, -9), bytes.subarray(-9));
        for (const { status, body } of await collected()) {
          assert.equal(status, 502);
          assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, "AGENT_ERROR");
          assert.deepEqual([line()["level"], line()["code"], line()["errors"]], ["ERROR", "AGENT_ERROR", 1]);
        }
        await streamed(restEvent());
        assert.deepEqual([line()["level"], line()["code"], line()["errors"]], ["ERROR", "AGENT_ERROR", 1]);
      }
    });
  }

  it("harmless events pass byte-identical and are no failure", async () => {
    for (const data of harmlessEvents()) {
      const text = `data: ${data}\n\n`;
      plane.streams(text);
      const { body } = await streamed(restEvent());
      assert.deepEqual([body, line()["code"]], [text, undefined], data);
      const [one] = await collected();
      assert.equal(one?.status, 200, data);
    }
  });

  for (const name of DIALECT_NAMES) {
    it(`${name}: harmless events pass byte-identical among others of the dialect, in any order`, async () => {
      const own = Object.values(CAPTURES).find(({ dialect }) => dialect === name)?.events ?? [];
      const events = harmlessEvents();
      for (const order of [events, events.toReversed()]) {
        const bytes = Buffer.from(streamOf([...own.slice(0, 1), ...order, ...own.slice(1)]));
        const at = Math.floor(bytes.length / 3);
        plane.streams(bytes.subarray(0, at), bytes.subarray(at));
        const { body } = await streamed(restEvent(undefined, `/agents/${name.toLowerCase()}/invoke`));
        assert.ok(body === bytes.toString(), body.slice(-500));
        assert.deepEqual([line()["level"], line()["code"]], ["INFO", undefined]);
      }
    });
  }

  it("U+2028 begins no line", async () => {
    plane.streams("data: hi\u2028event: error\n\n");
    for (const { body } of await collected())
      assert.equal((JSON.parse(body) as Collected).response, "hi\u2028event: error");
  });

  it("events of which none has a text are returned as an array, with their numbers as they are", async () => {
    plane.streams(
      'data: {"type":"token","token":"Hel"}\n\n: c\n\nevent: x\ndata: {"n": 9007199254740993.0}\n\ndata: [DONE]\n\n',
    );
    for (const { status, body } of await collected()) {
      assert.equal(status, 200);
      assert.ok(body.includes('"response":[{"type":"token","token":"Hel"},{"n": 9007199254740993.0}]'), body);
      assert.equal((JSON.parse(body) as Collected).content_type, "application/json");
    }
  });

  it("a stream without an event is an empty text", async () => {
    plane.streams(": nothing\n\n");
    for (const { body } of await collected()) assert.equal((JSON.parse(body) as Collected).response, "");
  });

  it("the dialect that the stack names counts, not the first event", async () => {
    plane.streams(streamOf([{ text: "a" }, '"b"', { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "c" }]));
    for (const { body } of await collected("/agents/pinned/invoke"))
      assert.equal((JSON.parse(body) as Collected).response, "c");
    for (const { body } of await collected()) assert.equal((JSON.parse(body) as Collected).response, "abc");
  });

  describe("the size limit", () => {
    const tool = `data: {"event":{"contentBlockDelta":{"delta":{"toolUse":{"input":"${"x".repeat(130_000)}"}}}}}\n\n`;
    const word = 'data: {"event":{"contentBlockDelta":{"delta":{"text":"word "}}}}\n\n';

    it("counts the text that is returned, not 8 MB of other events", async () => {
      const chunks = Array.from({ length: 60 }, () => [tool, word]).flat();
      plane.streams(...chunks);
      for (const { status, body } of await collected()) {
        assert.equal(status, 200);
        assert.equal((JSON.parse(body) as Collected).response, "word ".repeat(60));
      }
    });

    it("allows a text after 8 MB of events without one", async () => {
      plane.streams(...Array.from({ length: 60 }, () => tool), word);
      for (const { body } of await collected()) assert.equal((JSON.parse(body) as Collected).response, "word ");
    });

    it("drops one event of 8 MB that is not a text", async () => {
      plane.streams(word, tool.replace("xx", "x".repeat(8_000_000)), word);
      for (const { body } of await collected()) assert.equal((JSON.parse(body) as Collected).response, "word word ");
    });

    for (const [title, chunk, times] of [
      ["a text", `data: ${"x".repeat(100_000)}\n\n`, 70],
      ["events without a text", `data: {"x":"${"x".repeat(100_000)}"}\n\n`, 70],
      ["one text", `data: ${"x".repeat(7_000_000)}\n\n`, 1],
    ] as const) {
      it(`refuses 7 MB of ${title}`, async () => {
        plane.streams(...Array.from({ length: times }, () => chunk));
        for (const { status, body } of await collected()) {
          assert.equal(status, 502);
          assert.match(body, /ANSWER_TOO_LARGE/);
        }
      });
    }
  });
});
