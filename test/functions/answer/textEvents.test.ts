import assert from "node:assert/strict";
import { DialectReader } from "../../../contract/wire/dialects/reader";
import { handlerSettings } from "../../support/handlers/handlers";
import { restEvent, withDoors, type Collected } from "../../support/handlers/withDoors";
import { parsed } from "../../support/http/sse";
import { RUNTIME_ARN } from "../../support/program/components";
import { CAPTURES, FAILURES, streamOf, type Capture } from "../../contract/wire/dialects/captures";

const route = { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined };
const agents = new Map([["own", { ...route, dialect: "text:delta.0.token" } as const]]);
const NARROW = "text/event-stream; events=text";

/** The texts of a stream of text events; fails if there is anything else. */
function textsOf(body: string): string[] {
  const events = parsed(Buffer.from(body));
  assert.deepEqual(events.at(-1), { id: undefined, event: undefined, data: "[DONE]" });
  return events.slice(0, -1).map(({ event, data }) => {
    assert.equal(event, undefined);
    const text: unknown = JSON.parse(data);
    assert.ok(typeof text === "string" && text !== "", data);
    return text;
  });
}

/** What a reader prints while a stream arrives, without JSON of unknown shapes. */
function printed(events: Capture["events"]): string {
  const reader = new DialectReader();
  return parsed(Buffer.from(streamOf(events)))
    .flatMap(({ event, data }) => reader.read({ type: event ?? "", data }))
    .map((said) => (said.kind === "text" && !said.isUnknown ? said.text : ""))
    .join("");
}

describe("a stream of text events", () => {
  const open = withDoors({ ...handlerSettings(), agents });
  const narrow = withDoors({ ...handlerSettings({ events: "text" }), agents });
  // Both call the same agent, and write to the same log.
  const { line, plane } = narrow;

  for (const [title, { events, usage }] of Object.entries(CAPTURES)) {
    it(`${title}: has its text only, however it is cut; usage is in the log`, async () => {
      for (const end of ["\n", "\r\n"]) {
        const bytes = Buffer.from(`\ufeff${streamOf(events, end)}`);
        for (const part of [0, 3, 7, 11]) {
          const at = Math.floor((bytes.length * part) / 13);
          plane.streams(bytes.subarray(0, at), bytes.subarray(at));
          for (const { body } of [await narrow.streamed(restEvent()), await open.streamed(restEvent(NARROW))]) {
            assert.equal(textsOf(body).join(""), printed(events));
          }
          assert.deepEqual([line()["level"], line()["code"]], ["INFO", undefined]);
          assert.deepEqual([line()["input_tokens"], line()["output_tokens"]], [usage?.input, usage?.output]);
          assert.equal(typeof line()["dropped_events"], "number");
        }
      }
    });
  }

  for (const [, event] of FAILURES) {
    it(`still has a failure, as the catalogue's error: ${JSON.stringify(event)}`, async () => {
      plane.streams(streamOf([event, { text: "after" }]));
      for (const { body } of [await narrow.streamed(restEvent()), await open.streamed(restEvent(NARROW))]) {
        assert.match(
          body,
          /^event: error\ndata: \{"error":\{"code":"AGENT_ERROR",[^\n]*"request_id":"lambda-request-id"\}\}\n\n$/,
        );
      }
      assert.deepEqual([line()["level"], line()["code"]], ["ERROR", "AGENT_ERROR"]);
    });
  }

  const CANARY = "canary-secret";
  const unknown: readonly (readonly [title: string, events: Capture["events"], texts: string, dropped: number])[] = [
    ["no dialect at all", [{ token: CANARY }, { n: 1 }, `{"a":"${CANARY}"}`], "", 3],
    ["JSON in a plain stream", ["Hel", { tool: "x", input: CANARY }, ["message", "[1,2]"], "lo"], "Hello", 2],
    [
      "texts in a stream of Strands",
      [
        { init_event_loop: true },
        `"{'data': '${CANARY}', 'agent': <strands.agent.agent.Agent object at 0x7f3a>}"`,
        `"${CANARY}"`,
        CANARY,
        { event: { contentBlockDelta: { delta: { text: "Hello" } } } },
        { other: CANARY },
      ],
      "Hello",
      4,
    ],
    [
      "AG-UI with others",
      [
        { type: "RUN_STARTED" },
        { type: "TOOL_CALL_ARGS", toolCallId: "c", delta: CANARY },
        `"${CANARY}"`,
        { type: "STATE_SNAPSHOT", snapshot: { a: CANARY } },
        { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hello" },
        { type: "MINE", text: CANARY },
        { type: "THINKING_TEXT_MESSAGE_CONTENT", delta: CANARY },
      ],
      "Hello",
      2,
    ],
    [
      "LangGraph with others",
      [
        ["message", JSON.stringify([{ type: "AIMessageChunk", content: "Hello" }, { langgraph_node: CANARY }])],
        ["message", JSON.stringify([{ type: "tool", content: CANARY }, { langgraph_node: "t" }])],
        { mine: CANARY },
        CANARY,
      ],
      "Hello",
      2,
    ],
  ];
  for (const [title, events, texts, dropped] of unknown) {
    it(`drops and counts unknown shapes: ${title}`, async () => {
      plane.streams(streamOf(events));
      const { body } = await narrow.streamed(restEvent());
      assert.doesNotMatch(body, /canary/);
      assert.equal(textsOf(body).join(""), texts);
      assert.equal(line()["dropped_events"], dropped);
      for (const { status, body: reply } of await narrow.collected()) {
        const { response, content_type } = JSON.parse(reply) as Collected;
        assert.deepEqual([status, response, content_type], [200, texts, "text/event-stream"]);
        assert.equal(line()["dropped_events"], dropped);
      }
    });
  }

  it("is only what the client asks for if the stack sends all events, in any spelling", async () => {
    const bytes = streamOf([{ type: "RUN_STARTED" }, { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hel" }]);
    plane.streams(bytes);
    for (const accept of [
      NARROW,
      'Text/Event-Stream;Q=1;EVENTS="text"',
      "text/html, text/event-stream ;events = text ; q=1",
    ])
      assert.deepEqual(textsOf((await open.streamed(restEvent(accept))).body), ["Hel"]);
    for (const accept of [
      undefined,
      "text/event-stream",
      "text/event-stream;events=all",
      "text/event-stream;events=texts",
      "*/*",
    ]) {
      assert.equal((await open.streamed(restEvent(accept))).body, bytes);
      assert.equal(line()["dropped_events"], undefined);
    }
  });

  it("never widens: a client that asks for all gets the text", async () => {
    plane.streams(streamOf([{ type: "RUN_STARTED" }, { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hel" }]));
    for (const accept of ["text/event-stream; events=all", "text/event-stream", "*/*", undefined])
      assert.deepEqual(textsOf((await narrow.streamed(restEvent(accept))).body), ["Hel"]);
  });

  it("narrows a collected answer too", async () => {
    plane.streams(streamOf([{ token: CANARY }]));
    const { body } = await open.streamed(restEvent("application/json; events=text"));
    assert.equal((JSON.parse(body) as Collected).response, "");
  });

  it("ends without [DONE] if the agent breaks off", async () => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(streamOf([{ type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hel" }]), () =>
        response.destroy(),
      );
    };
    const { body } = await narrow.streamed(restEvent());
    assert.match(body, /^data: "Hel"\n\nevent: error\ndata: \{"error":.*AGENT_ERROR.*\n\n$/);
  });

  it("drops an event of more than 6 MB, because half a text must not look like a whole one", async () => {
    for (const big of ["x".repeat(7_000_000), `{"text":"${"x".repeat(7_000_000)}"}`]) {
      const bytes = Buffer.from(streamOf(["a", big, "b"]));
      plane.streams(bytes.subarray(0, 2_000_000), bytes.subarray(2_000_000));
      const { body } = await narrow.streamed(restEvent());
      assert.deepEqual(textsOf(body), ["a", "b"]);
      assert.equal(line()["dropped_events"], 1);
    }
  });

  it("leaves an answer of another type as it is", async () => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end('{"a":1}');
    };
    assert.equal((await narrow.streamed(restEvent())).body, '{"a":1}');
    for (const { body } of await narrow.collected())
      assert.deepEqual((JSON.parse(body) as Collected).response, { a: 1 });
  });

  describe("of an agent whose text the stack names", () => {
    const events = [
      { delta: [{ token: "Hel" }], text: CANARY },
      { delta: { token: CANARY } },
      { __proto__: { delta: CANARY } },
      CANARY,
      { delta: [{ token: 7 }] },
      { delta: [{ token: "lo" }] },
    ];

    it("has that field", async () => {
      plane.streams(streamOf(events));
      const { body } = await narrow.streamed(restEvent(undefined, "/agents/own/invoke"));
      assert.deepEqual(textsOf(body), ["Hel", "lo"]);
      assert.equal(line()["dropped_events"], 4);
    });

    it("is collected, and fails as any other", async () => {
      plane.streams(streamOf(events));
      for (const { body } of await open.collected("/agents/own/invoke"))
        assert.equal((JSON.parse(body) as Collected).response, "Hello");
      plane.streams(streamOf([{ error: CANARY }]));
      for (const { status } of await open.collected("/agents/own/invoke")) assert.equal(status, 502);
      const { body } = await open.streamed(restEvent(undefined, "/agents/own/invoke"));
      assert.match(body, /^event: error\ndata: \{"error":\{"code":"AGENT_ERROR"/);
    });
  });
});
