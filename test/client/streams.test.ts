import assert from "node:assert/strict";
import { connect, FrontDoorError } from "../../client/index";
import { lastEvent } from "../../contract/wire/lastEvent";
import { errorBody } from "../../contract/wire/errors";
import { DIALECT_NAMES } from "../../contract/wire/dialects/names";
import { harmlessEvents } from "../contract/wire/dialects/harmless";
import { NONE, WHOLE } from "../contract/wire/dialects/wholeAnswers";
import { FakeDoor } from "../support/client/fakeDoor";
import { STREAMS } from "../support/client/streams";

/** Bytes as an answer of a door, in the given pieces. */
function answering(pieces: readonly Uint8Array[], breaks = false, type = "text/event-stream"): typeof fetch {
  return () => {
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const piece = left.shift();
        if (piece) controller.enqueue(piece);
        else if (breaks) controller.error(new TypeError("terminated"));
        else controller.close();
      },
    });
    const headers = { "content-type": type, "x-request-id": "request-1", "x-session-id": "s".repeat(40) };
    return Promise.resolve(new Response(body, { headers }));
  };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const halves = (bytes: Uint8Array, at: number): Uint8Array[] => [bytes.subarray(0, at), bytes.subarray(at)];
const ask = (fetch: typeof globalThis.fetch, as: "events" | "text" = "events") =>
  connect({ url: "https://door.example.com", fetch }).ask("hi", { as });

/** What is read until the end, and the error if there is one. */
async function read<T>(pieces: AsyncIterable<T>): Promise<{ all: T[]; error: FrontDoorError | undefined }> {
  const all: T[] = [];
  try {
    for await (const piece of pieces) all.push(piece);
  } catch (error) {
    assert.ok(error instanceof FrontDoorError, String(error));
    return { all, error };
  }
  return { all, error: undefined };
}

describe("a stream of events in the client", () => {
  for (const [title, [stream, events]] of Object.entries(STREAMS)) {
    it(`${title}: is read the same however it is cut in two, and byte by byte`, async () => {
      const bytes = bytesOf(stream);
      const expected = events.map((event) => ({ type: "", ...event }));
      for (let at = 0; at <= bytes.length; at++)
        assert.deepEqual((await read(ask(answering(halves(bytes, at))).events())).all, expected, String(at));
      const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
      assert.deepEqual(await read(ask(answering(single)).events()), { all: expected, error: undefined });
    });
  }

  it("--raw: gives every byte, also of comments, as it came", async () => {
    const pieces = [": keepalive\n\n", "\uFEFFdata: a\r\n", "\r\n", ": x\n\n"].map(bytesOf);
    const { all } = await read(ask(answering(pieces)).raw());
    assert.deepEqual(all, pieces);
  });

  const TEXT = 'data: "Hel"\n\ndata: "lo ä"\n\nid: 7\ndata: "!"\n\ndata: [DONE]\n\n';

  it("whose connection breaks at any byte is never taken for whole", async () => {
    const bytes = bytesOf(TEXT);
    for (let at = 0; at < bytes.length; at++) {
      const { all, error } = await read(ask(answering([bytes.subarray(0, at)], true)));
      assert.ok("Hello ä!".startsWith(all.join("")));
      assert.deepEqual([error?.code, error?.requestId], ["ANSWER_CUT", "request-1"], String(at));
    }
  });

  it("that ends within an event is never taken for whole, nor one of text only that lacks its end", async () => {
    const bytes = bytesOf(TEXT);
    const boundaries = [...TEXT.matchAll(/\n\n/g)].map(({ index }) => bytesOf(TEXT.slice(0, index + 2)).length);
    for (let at = 1; at < bytes.length; at++) {
      const pieces = [bytes.subarray(0, at)];
      const all = await read(ask(answering(pieces)));
      // A door cannot end there. After the first line break of two, a CR would be the end of an event.
      assert.equal(all.error?.code, boundaries.includes(at) ? undefined : "ANSWER_CUT", String(at));
      assert.equal((await read(ask(answering(pieces), "text"))).error?.code, "ANSWER_CUT", String(at));
    }
    assert.deepEqual(await read(ask(answering([bytes]), "text")), { all: ["Hel", "lo ä", "!"], error: undefined });
  });

  for (const dialect of [undefined, ...DIALECT_NAMES]) {
    it(`throws the door's last event of ${dialect ?? "no dialect"}, after what came before`, async () => {
      const body = errorBody({ code: "AGENT_TIMEOUT" }, "request-2");
      const bytes = bytesOf(`data: "Hel"\n\n${lastEvent(body, { dialect })}`);
      const { all, error } = await read(ask(answering([bytes])));
      assert.deepEqual(all, ["Hel"]);
      const { code, remedy, requestId, status, message } = error ?? {};
      assert.deepEqual(
        [code, requestId, status, message],
        ["AGENT_TIMEOUT", "request-1", undefined, body.error.message],
      );
      assert.equal(remedy, "Ask for less at once, or call a streaming door, which allows more time.");
    });
  }
});

describe("a collected answer in the client", () => {
  for (const [response, text] of [
    ['"Hel\\"lo"', 'Hel"lo'],
    ['{"id": 12345678901234567890, "response": [1]}', '{"id": 12345678901234567890, "response": [1]}'],
    ['[9007199254740993, {"a": "}"}]', '[9007199254740993, {"a": "}"}]'],
    ["null", "null"],
    ["-0", "-0"],
  ] as const) {
    it(`keeps ${response} as the agent wrote it, and is never taken for whole if it is cut`, async () => {
      const json = `{"x": {"response": 1}, "session_id": "${"i".repeat(40)}", "response": ${response}, "content_type": "application/json"}`;
      const bytes = bytesOf(json);
      const answer = ask(answering([bytes], false, "application/json"));
      assert.equal(await answer.text(), text);
      for (let at = 0; at < bytes.length; at++) {
        const cut = ask(answering([bytes.subarray(0, at)], false, "application/json; charset=utf-8"));
        assert.equal((await read(cut)).error?.code, "ANSWER_CUT", String(at));
      }
    });
  }
});

describe("an agent's own JSON in the client", () => {
  const TYPES = ["application/json; charset=utf-8", "application/vnd.agent+json"];

  for (const failure of WHOLE) {
    const json = JSON.stringify(failure);
    it(`fails as text, as events and raw, after its bytes: ${json}`, async () => {
      const bytes = bytesOf(json);
      for (const type of TYPES) {
        const whole = () => ask(answering(halves(bytes, 3), false, type));
        const text = await read(whole());
        const events = await read(whole().events());
        const raw = await read(whole().raw());
        for (const { error } of [text, events, raw])
          assert.deepEqual([error?.code, error?.requestId, error?.status], ["AGENT_ERROR", "request-1", undefined]);
        // What may be a stream of JSON is passed on as it comes.
        assert.equal(text.all.join(""), type === TYPES[0] ? "" : json);
        assert.equal(events.all.map(({ data }) => data).join(""), json);
        assert.equal(Buffer.concat(raw.all).toString(), json);
      }
    });
  }

  it("is an answer if it only contains the word, or if a door has collected it", async () => {
    const texts = [...harmlessEvents(), ...NONE.map((value) => JSON.stringify(value))];
    for (const json of texts.filter((text) => JSON.parse(text) !== "error")) {
      for (const type of TYPES) {
        const { all, error } = await read(ask(answering([bytesOf(json)], false, type)).raw());
        assert.deepEqual([Buffer.concat(all).toString(), error], [json, undefined]);
      }
    }
    for (const failure of WHOLE) {
      const response = JSON.stringify(failure);
      const json = `{"session_id":"s","response":${response},"content_type":"application/json"}`;
      assert.equal(await ask(answering([bytesOf(json)], false, TYPES[0])).text(), response);
    }
  });
});

describe("a question in the client", () => {
  let door: FakeDoor;
  before(async () => {
    door = await FakeDoor.start();
  });
  after(() => {
    door.stop();
  });

  it("that is aborted gives its error at once, also if the server never answers or reads on, and closes the connection", async () => {
    for (const sends of ["nothing", "headers", "an event"]) {
      let closed: Promise<unknown> | undefined;
      const reached = new Promise<void>((resolve) => {
        door.reply = (response) => {
          closed = new Promise((ended) => response.once("close", ended));
          if (sends !== "nothing") response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
          if (sends === "an event") response.write('data: "a"\n\n');
          resolve();
        };
      });
      const controller = new AbortController();
      const reading = read(connect({ url: door.url }).ask("hi", { signal: controller.signal }));
      await reached;
      controller.abort(new Error("enough"));
      const { error } = await reading;
      assert.deepEqual([error?.code, (error?.cause as Error).message], ["ABORTED", "enough"], sends);
      await closed;
    }
  });

  it("that is aborted does not wait for a token or a fetch that does not hear of it", async () => {
    const never = () => new Promise<never>(() => undefined);
    for (const options of [{ auth: never }, { fetch: never }]) {
      const controller = new AbortController();
      const reading = read(connect({ url: door.url, ...options }).ask("hi", { signal: controller.signal }));
      controller.abort();
      assert.equal((await reading).error?.code, "ABORTED");
    }
  });

  it("whose reader stops early closes the connection, and the session is free again", async () => {
    const session = connect({ url: door.url });
    const closed = new Promise((resolve) => {
      door.reply = (response) => {
        response.once("close", resolve);
        response.writeHead(200, { "Content-Type": "text/event-stream" }).write('data: "a"\n\n');
      };
    });
    for await (const text of session.ask("hi")) {
      assert.equal(text, "a");
      assert.equal((await read(session.ask("again"))).error?.code, "QUESTION_RUNNING");
      break;
    }
    await closed;
    door.streams('data: "b"\n\n');
    assert.equal(await session.ask("again").text(), "b");
  });
});
