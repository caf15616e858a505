import assert from "node:assert/strict";
import { failure } from "../../../client/read/agentFailure";
import type { DialectName } from "../../../contract/wire/dialects/names";
import { DialectReader } from "../../../contract/wire/dialects/reader";
import { errorBody } from "../../../contract/wire/errors";
import { handlerSettings } from "../../support/handlers/handlers";
import { restEvent, withDoors } from "../../support/handlers/withDoors";
import { parsed } from "../../support/http/sse";
import { RUNTIME_ARN } from "../../support/program/components";
import { CAPTURES, FAILURES, streamOf, type Capture } from "../../contract/wire/dialects/captures";

const { error: ERROR } = errorBody({ code: "AGENT_ERROR" }, "lambda-request-id");
const { code, message, request_id } = ERROR;
const TEXT = `${message} (AGENT_ERROR, request lambda-request-id)`;

type Events = Capture["events"];

/** The door's last event: name, data, and whether `[DONE]` follows. */
type Last = readonly [event: string | undefined, data: object, isDone?: true];

const CATALOGUE: Last = ["error", { error: ERROR }];

/** By dialect, with events of it. */
const LAST: readonly (readonly [title: string, dialect: DialectName | undefined, events: Events, last: Last])[] = [
  ["nothing", undefined, [], CATALOGUE],
  ["an unknown shape", undefined, [{ token: "Hel" }], CATALOGUE],
  ["plain texts", "plain", ["Hel"], CATALOGUE],
  [
    "AG-UI",
    "agUi",
    [{ type: "RUN_STARTED" }],
    [undefined, { type: "RUN_ERROR", message: TEXT, code, requestId: request_id }],
  ],
  ["AI SDK", "aiSdk", [{ type: "text-start", id: "1" }], [undefined, { type: "error", errorText: TEXT }, true]],
  ["AI SDK, only its start", undefined, [{ type: "start" }], [undefined, { type: "error", errorText: TEXT }, true]],
  [
    "OpenAI chat",
    "openAi",
    [{ choices: [{ index: 0, delta: { content: "Hel" } }] }],
    [undefined, { error: { type: "server_error", message: TEXT, code, param: null, request_id } }, true],
  ],
  [
    "OpenAI responses",
    "openAi",
    [["response.output_text.delta", { type: "response.output_text.delta", delta: "Hel", sequence_number: 4 }]],
    [
      "error",
      {
        type: "error",
        message: TEXT,
        code,
        param: null,
        request_id,
        sequence_number: 5,
        error: { type: "server_error", message: TEXT, code, param: null, request_id },
      },
    ],
  ],
  [
    "Anthropic",
    "anthropic",
    [["content_block_delta", { type: "content_block_delta", delta: { type: "text_delta", text: "Hel" } }]],
    ["error", { type: "error", error: { type: "api_error", message: TEXT, code }, request_id }],
  ],
  [
    "A2A",
    "jsonRpc",
    [
      { jsonrpc: "2.0", id: "call-7", result: { kind: "task", id: "t", status: { state: "working" } } },
      {
        jsonrpc: "2.0",
        id: "call-7",
        result: { kind: "artifact-update", artifact: { parts: [{ kind: "text", text: "Hel" }] } },
      },
    ],
    [undefined, { jsonrpc: "2.0", id: "call-7", error: { code: -32603, message: TEXT, data: { code, request_id } } }],
  ],
  [
    "MCP, before the result",
    "jsonRpc",
    [{ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "x" } }],
    [undefined, { jsonrpc: "2.0", id: null, error: { code: -32603, message: TEXT, data: { code, request_id } } }],
  ],
  [
    "LangGraph",
    "langGraph",
    [["messages", JSON.stringify([{ type: "AIMessageChunk", content: "Hel" }, { langgraph_node: "agent" }])]],
    ["error", { error: code, message: TEXT, request_id }],
  ],
  [
    "Strands",
    "strands",
    [{ init_event_loop: true }, { event: { contentBlockDelta: { delta: { text: "Hel" } } } }],
    ["error", { error: ERROR, force_stop: true, force_stop_reason: TEXT }],
  ],
  [
    "Converse",
    "converse",
    [{ contentBlockDelta: { delta: { text: "Hel" } } }],
    ["error", { error: ERROR, internalServerException: { message: TEXT } }],
  ],
];

const list = (...items: readonly unknown[]): string => JSON.stringify(items);

/** Events before a failure, in the dialect that the failure is in. */
const BEFORE: Readonly<Partial<Record<DialectName, Events>>> = Object.fromEntries(
  Object.values(CAPTURES).map(({ dialect, events }) => [dialect, events.slice(0, -1)]),
);

/** Splits what a door sent into the agent's part and the door's last event. */
function assertLast(body: string, agents: string, [event, data, isDone]: Last): void {
  assert.ok(body.startsWith(agents), body);
  const [last, done, ...more] = parsed(Buffer.from(body.slice(agents.length)));
  assert.deepEqual([last?.event, JSON.parse(last?.data ?? "")], [event, data]);
  assert.deepEqual([done?.data, more.length], [isDone && "[DONE]", 0]);
}

describe("the last event of a stream that fails", () => {
  const route = { runtimeArn: RUNTIME_ARN, qualifier: "DEFAULT", canary: undefined };
  const pinned = new Map(
    LAST.flatMap(([, dialect]) => (dialect ? [[dialect.toLowerCase(), { ...route, dialect }] as const] : [])),
  );
  const { plane, line, streamed, collected } = withDoors({ ...handlerSettings(), agents: pinned });

  /** An agent that breaks off after these bytes. */
  const breaks = (text: string): void => {
    plane.answer = (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(text, () => response.destroy());
    };
  };

  for (const [title, dialect, events, last] of LAST) {
    it(`${title}: is in the stream's dialect if the agent breaks off, wherever that is`, async () => {
      const whole = streamOf(events);
      for (const half of ["", "data", "data: {", 'data: {"x":1}\n', "id: 1\n"]) {
        breaks(whole + half);
        const { prelude, body } = await streamed(restEvent());
        // Without any byte of the agent, an error status is possible.
        if (whole + half === "") continue;
        assert.equal(prelude.statusCode, 200);
        assertLast(body, whole, last);
        assert.deepEqual([line()["code"], line()["events"]], ["AGENT_ERROR", events.length]);
      }
    });

    it(`${title}: is read as a failure with its code and request id, by our reader`, () => {
      const [event = "", data] = last;
      for (const reader of [new DialectReader(), new DialectReader(dialect)]) {
        const said = reader.read({ type: event, data: JSON.stringify(data) });
        assert.deepEqual(said, [{ kind: "failure" }]);
      }
      const error = failure(JSON.stringify(data), undefined);
      assert.deepEqual([error.code, error.message, error.requestId], [code, message, request_id]);
    });

    if (dialect !== undefined) {
      it(`${title}: is in the dialect that the stack names, if the agent says nothing`, async () => {
        breaks(": a comment\n\n");
        const { body } = await streamed(restEvent(undefined, `/agents/${dialect.toLowerCase()}/invoke`));
        const [event] = parsed(Buffer.from(body));
        const [name, data] = last;
        // What only events show, such as an id, cannot be known.
        const known = JSON.parse(event?.data ?? "") as Record<string, unknown>;
        if (!["openAi", "jsonRpc"].includes(dialect)) assert.deepEqual([event?.event, known], [name, data]);
        assert.match(event?.data ?? "", /AGENT_ERROR.*lambda-request-id/);
      });
    }
  }

  for (const [dialect, event] of FAILURES) {
    it(`replaces what the agent says: ${JSON.stringify(event)}`, async () => {
      const canary = { after: "canary-secret" };
      const named = Array.isArray(event) ? event : ["", event];
      const secret = [
        named[0],
        typeof named[1] === "object"
          ? JSON.parse(JSON.stringify(named[1]).replaceAll('"x"', '"canary-secret"'))
          : `${String(named[1])} canary-secret`,
      ] as const;
      for (const before of [[], (dialect === "any" ? undefined : BEFORE[dialect]) ?? [{ text: "Hel" }]]) {
        const agents = streamOf(before);
        const bytes = Buffer.from(
          agents + streamOf([secret[0] === "" ? (secret[1] as object) : (secret as [string, object])]),
        );
        for (const parts of [[bytes], [bytes.subarray(0, -9), bytes.subarray(-9)]]) {
          plane.streams(...parts, streamOf([canary]));
          const { prelude, body } = await streamed(restEvent());
          assert.equal(prelude.statusCode, 200);
          assert.ok(body.startsWith(agents), body);
          assert.doesNotMatch(body, /canary-secret/);
          const last = parsed(Buffer.from(body.slice(agents.length))).filter(({ data }) => data !== "[DONE]");
          assert.equal(last.length, 1, body);
          assert.match(last[0]?.data ?? "", /AGENT_ERROR.*lambda-request-id/);
          assert.deepEqual([line()["level"], line()["code"], line()["errors"]], ["ERROR", "AGENT_ERROR", 1]);
        }
      }
    });
  }

  for (const [title, event, last] of [
    ["AG-UI", { type: "RUN_ERROR", message: "canary" }, LAST[3]?.[3]],
    ["AI SDK", { type: "error", errorText: "canary" }, LAST[4]?.[3]],
    ["Anthropic", ["error", { type: "error", error: { type: "api_error", message: "canary" } }], LAST[8]?.[3]],
    ["Python SDK", { error: "canary", error_type: "ValueError" }, CATALOGUE],
    ["own event", { type: "error", message: "canary" }, CATALOGUE],
  ] as const) {
    it(`${title}: is in the dialect of the failure, if that is the only event`, async () => {
      plane.streams(streamOf([event]));
      const { body } = await streamed(restEvent());
      assertLast(body, "", last ?? CATALOGUE);
    });
  }

  it("leaves out an error after which the agent goes on, and nothing else", async () => {
    const start = { type: "beforeModelCallEvent" };
    const error = { type: "afterModelCallEvent", attemptCount: 1, error: { message: "canary-secret" } };
    const delta = { type: "modelContentBlockDeltaEvent", delta: { type: "textDelta", text: "é" } };
    const task = list("tasks", { id: "1", name: "n", error: "canary-secret", result: [] });
    const message = list({ type: "AIMessageChunk", content: "Hel" }, { langgraph_node: "agent" });
    for (const [events, left] of [
      [
        [start, error, delta, error, error, start, delta],
        [start, delta, start, delta],
      ],
      [
        [message, task, task, message, task],
        [message, message],
      ],
    ] as const) {
      for (const end of ["\n", "\r\n"]) {
        const bytes = Buffer.from(`\ufeff${streamOf(events, end)}`);
        for (let at = 0; at < bytes.length; at += 7) {
          plane.streams(bytes.subarray(0, at), bytes.subarray(at));
          const { body } = await streamed(restEvent());
          assert.equal(body, `\ufeff${streamOf(left, end)}`);
          assert.equal(line()["code"], undefined);
        }
      }
    }
  });

  it("has the id of the failure that it replaces", async () => {
    plane.streams(streamOf([{ jsonrpc: "2.0", id: 9, error: { code: -1, message: "canary" } }]));
    const { body } = await streamed(restEvent());
    assert.match(body, /"id":9,/);
    assert.doesNotMatch(body, /canary/);
  });

  it("replaces a large failure, of which a part had come before it was known", async () => {
    const secret = "canary-secret ".repeat(200_000);
    for (const text of [
      `data: {"error":"${secret}","error_type":"E"}`,
      `data: {"message":"${secret}","error":"x","code":"y"}`,
      `event: error\ndata: ${secret}`,
      `: c\nevent: error\ndata: ${secret}`,
    ]) {
      const agents = streamOf([{ text: "Hel" }]);
      const bytes = Buffer.from(`${agents}${text}\n\ndata: after\n\n`);
      plane.streams(...Array.from({ length: 30 }, (_, i) => bytes.subarray(i * 100_000, (i + 1) * 100_000)));
      const { body } = await streamed(restEvent());
      assertLast(body, agents, CATALOGUE);
    }
  });

  it("leaves a large event that is no failure as it is", async () => {
    const text = "an error ".repeat(250_000);
    for (const event of [{ text }, { tool: "x", error: text }, text]) {
      const bytes = Buffer.from(streamOf([{ text: "a" }, event, { text: "b" }]));
      plane.streams(bytes.subarray(0, 1_500_000), bytes.subarray(1_500_000));
      const { body } = await streamed(restEvent());
      assert.ok(body === bytes.toString());
      assert.equal(line()["code"], undefined);
    }
  });

  it("comes after events in any encoding, cut at the right byte", async () => {
    for (const agents of [
      "\ufeffdata: \u{1f600} é\r\n\r\n: c\r\n\r\n",
      "data: a\r\rdata: b\r\r",
      "\ufeff\n\ndata: a\n\n",
    ]) {
      plane.streams(
        Buffer.concat([
          Buffer.from(agents),
          Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 10, 10]),
          Buffer.from('data: {"error":"x"}\n\n'),
        ]),
      );
      const { body } = await streamed(restEvent());
      assert.ok(body.startsWith(`${agents}data:\ufffd\ufffd\n\nevent: error\n`), JSON.stringify(body));
    }
  });

  it("is no part of a collected answer", async () => {
    plane.streams(streamOf([{ type: "RUN_STARTED" }, { type: "RUN_ERROR", message: "x" }]));
    for (const { status, body } of await collected()) {
      assert.equal(status, 502);
      assert.deepEqual(JSON.parse(body), {
        error: { ...ERROR, request_id: (JSON.parse(body) as { error: { request_id: string } }).error.request_id },
      });
    }
  });
});
