import assert from "node:assert/strict";
import { DIALECT_NAMES, type DialectName } from "../../../../contract/wire/dialects/names";
import { DialectReader } from "../../../../contract/wire/dialects/reader";
import type { AgentEvent, Said } from "../../../../contract/wire/dialects/said";
import { parsed } from "../../../support/http/sse";
import { CAPTURES, FAILURES, streamOf, type Capture } from "./captures";
import { harmlessEvents } from "./harmless";

const eventsOf = (events: Capture["events"]): AgentEvent[] =>
  parsed(Buffer.from(streamOf(events))).map(({ event, data }) => ({ type: event ?? "", data }));

const read = (reader: DialectReader, events: Capture["events"]): Said[] =>
  eventsOf(events).flatMap((event) => [...reader.read(event)]);

/** The text, as a collected answer has it: texts of a lower level replace those of a higher one. */
function textOf(said: readonly Said[]): string {
  const texts = said.filter((each) => each.kind === "text");
  const level = Math.min(...texts.map((each) => each.level));
  return texts
    .filter((each) => each.level === level)
    .map(({ text }) => text)
    .join("");
}

const fails = (said: readonly Said[]): boolean => said.some(({ kind }) => kind === "failure");

describe("dialects", () => {
  for (const [title, { dialect, events, text, usage }] of Object.entries(CAPTURES)) {
    it(`${title}: the text once, the tokens, no failure`, () => {
      for (const pinned of [undefined, dialect]) {
        const reader = new DialectReader(pinned);
        const said = read(reader, events);
        assert.equal(textOf(said), text, pinned);
        assert.equal(reader.dialect, dialect);
        assert.deepEqual(reader.usage, usage, pinned);
        assert.ok(!fails(said));
      }
    });
  }

  it("have a capture each", () => {
    assert.deepEqual(new Set(Object.values(CAPTURES).map(({ dialect }) => dialect)), new Set(DIALECT_NAMES));
  });

  for (const [dialect, event] of FAILURES) {
    it(`a failure: ${JSON.stringify(event)}`, () => {
      assert.ok(fails(read(new DialectReader(), [event])), "as the first event");
      for (const [title, capture] of Object.entries(CAPTURES)) {
        if (dialect !== "any" && dialect !== capture.dialect) continue;
        assert.ok(fails(read(new DialectReader(), [...capture.events, event])), `after ${title}`);
      }
    });
  }

  it(`no failure: ${harmlessEvents().length} events with the word "error", alone and after events of every dialect`, () => {
    const events = harmlessEvents();
    assert.ok(events.length >= 200);
    for (const data of events) {
      assert.ok(!fails([...new DialectReader().read({ type: "", data })]), data);
      for (const { events: before } of Object.values(CAPTURES)) {
        const reader = new DialectReader();
        read(reader, before);
        assert.ok(!fails([...reader.read({ type: "", data })]), data);
      }
    }
  });

  it("are decided by the first event that belongs to one, and never change", () => {
    for (const { dialect, events } of Object.values(CAPTURES)) {
      for (const other of Object.values(CAPTURES)) {
        const reader = new DialectReader();
        read(reader, events);
        read(reader, other.events);
        assert.equal(reader.dialect, dialect);
      }
    }
  });

  it("are pinned: events of another dialect say nothing", () => {
    const pinned = new DialectReader("agUi");
    assert.equal(textOf(read(pinned, [{ text: "a" }, '"b"', { type: "TEXT_MESSAGE_CONTENT", delta: "c" }])), "c");
  });

  it("events that belong to none leave it open", () => {
    const reader = new DialectReader();
    const said = read(reader, [{ type: "start" }, { step: 1 }, "[]", "[DONE]", { type: "ping" }]);
    assert.ok(said.every(({ kind }) => kind === "other" || kind === "end"));
    assert.equal(reader.dialect, undefined);
    assert.equal(textOf(read(reader, [{ type: "text-delta", delta: "x" }])), "x");
  });

  for (const [dialect, event, kind] of [
    ["strands", { reasoning: true, reasoningText: "hm", delta: {} }, "reasoning"],
    ["strands", { current_tool_use: { name: "f" }, delta: {} }, "toolCall"],
    ["strands", { message: { role: "user", content: [{ toolResult: {} }] } }, "toolResult"],
    ["converse", { contentBlockDelta: { delta: { reasoningContent: { text: "hm" } } } }, "reasoning"],
    ["converse", { messageStop: { stopReason: "end_turn" } }, "end"],
    ["anthropic", { type: "content_block_start", content_block: { type: "tool_use" } }, "toolCall"],
    ["anthropic", { type: "content_block_start", content_block: { type: "web_search_tool_result" } }, "toolResult"],
    ["openAi", { choices: [{ delta: { tool_calls: [{}] } }] }, "toolCall"],
    ["langGraph", { type: "ToolMessage", content: "42" }, "toolResult"],
    ["agUi", { type: "STATE_SNAPSHOT", snapshot: {} }, "state"],
    ["agUi", { type: "RUN_FINISHED" }, "end"],
    ["aiSdk", { type: "tool-output-available", output: 1 }, "toolResult"],
    ["jsonRpc", { jsonrpc: "2.0", result: { kind: "status-update", status: { state: "completed" } } }, "end"],
    ["plain", { type: "tool_call", content: "f" }, "toolCall"],
  ] as const) {
    it(`${dialect}: ${JSON.stringify(event)} is ${kind}`, () => {
      const reader = new DialectReader();
      const kinds = read(reader, [event]).map((each) => each.kind);
      assert.ok(kinds.includes(kind), String(kinds));
      assert.equal(reader.dialect, dialect satisfies DialectName);
    });
  }

  it("say nothing about [DONE] but the end", () => {
    assert.deepEqual(new DialectReader().read({ type: "", data: "[DONE]" }), [{ kind: "end" }]);
  });

  it("read any JSON, and any depth of it, without an exception", () => {
    const deep = (open: string, close: string): string => open.repeat(20_000) + '"x"' + close.repeat(20_000);
    const values = [
      "null",
      "1",
      "[]",
      "{}",
      "[null]",
      "[[[]]]",
      deep("[", "]"),
      deep('{"event":', "}"),
      deep('{"type":"raw_response_event","data":', "}"),
      deep('{"lc":1,"kwargs":', "}"),
      deep('["messages",', "]"),
      deep('{"multi_agent_node_stream":true,"event":', "}"),
      '{"__proto__":{"type":"text-delta","delta":"x"}}',
      '{"choices":[null]}',
      '{"choices":[{"index":0,"delta":null}]}',
      '{"jsonrpc":"2.0","result":null}',
      '{"result":{"message":null}}',
      '{"messages":[null]}',
    ];
    for (const dialect of [undefined, ...DIALECT_NAMES]) {
      for (const data of values) {
        for (const type of ["", "messages/partial", "x"]) {
          assert.ok(
            !fails([...new DialectReader(dialect).read({ type, data })]),
            `${dialect ?? ""} ${data.slice(0, 40)}`,
          );
        }
      }
    }
  });
});
