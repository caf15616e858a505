import assert from "node:assert/strict";
import { mock } from "node:test";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings, type Call } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";

const SETTINGS = handlerSettings();
const TIMES = 150;

const CALLS: Readonly<Record<string, Call>> = {
  invoke: { headers: { "Content-Type": "application/json" }, body: JSON.stringify({ prompt: "hello" }) },
  stop: { method: "DELETE", path: `/sessions/${"s".repeat(40)}` },
};

describe("with no time left", () => {
  const { plane, log } = withDataPlane();
  afterEach(() => {
    mock.restoreAll();
  });

  const streaming = streamingHandler(SETTINGS);
  const buffered = bufferedHandler(SETTINGS);
  const handlers = {
    streaming: async (event: object, remainingMs: number) => {
      const { prelude, body } = await callStreaming(streaming, event, remainingMs);
      return { status: prelude.statusCode, body };
    },
    buffered: async (event: object, remainingMs: number) => {
      const { statusCode, body } = await buffered(event, contextWith(remainingMs));
      return { status: statusCode, body };
    },
  };

  for (const [name, handle] of Object.entries(handlers)) {
    for (const [operation, call] of Object.entries(CALLS)) {
      const event = EVENTS["REST event 1.0"]({ ...call, caller: "arn:aws:iam::1:user/u" });

      for (const [title, remainingMs] of [
        ["none at all", 0],
        ["less than none", -5_000],
        ["less than the margin", SETTINGS.marginMs - 1],
        ["the margin itself", SETTINGS.marginMs],
        ["a millisecond more than the margin", SETTINGS.marginMs + 1],
        ["too little for an answer", SETTINGS.marginMs + 20],
        ["one millisecond", 1],
        ["half a millisecond more than the margin", SETTINGS.marginMs + 0.5],
        ["no number", NaN],
        ["less than any number", -Infinity],
      ] as const) {
        it(`${name}, ${operation}, ${title}: nothing reaches the agent`, async () => {
          // Open connections first: with them a request is sent at once.
          await Promise.all(Array.from({ length: 10 }, () => handle(event, 60_000)));
          plane.requests.length = log.lines.length = 0;
          const one = () => handle(event, remainingMs);
          const answers = [...(await Promise.all(Array.from({ length: TIMES }, one)))];
          for (let i = 0; i < TIMES; i++) answers.push(await one());
          for (const { status, body } of answers) {
            assert.equal(status, 504);
            assert.match(body, /"code":"AGENT_TIMEOUT"/);
          }
          assert.equal(plane.requests.length, 0);
          assert.equal(log.lines.length, answers.length);
          for (const line of log.lines) assert.match(line, /"status":504,"code":"AGENT_TIMEOUT".*"attempts":0/);
        });
      }

      for (const reads of [1, 2]) {
        it(`${name}, ${operation}, time that runs out after ${reads} looks at the clock: nothing reaches the agent`, async () => {
          for (let i = 0; i < 20; i++) {
            const now = performance.now.bind(performance);
            let read = 0;
            const clock = mock.method(performance, "now", () => now() + (++read > reads ? 120_000 : 0));
            const { status, body } = await handle(event, 60_000);
            clock.mock.restore();
            assert.deepEqual([status, /"code":"([A-Z_]+)"/.exec(body)?.[1]], [504, "AGENT_TIMEOUT"]);
          }
          assert.equal(plane.requests.length, 0);
          assert.equal(log.lines.length, 20);
        });
      }

      it(`${name}, ${operation}, time that runs out before the second attempt: there is none`, async () => {
        const now = performance.now.bind(performance);
        let passedMs = 0;
        mock.method(performance, "now", () => now() + passedMs);
        plane.answer = (response) => {
          passedMs = 120_000;
          response.writeHead(409, { "x-amzn-errortype": "RetryableConflictException" }).end("{}");
        };
        const { status, body } = await handle(event, 60_000);
        assert.equal(status, 504);
        assert.match(body, /"code":"AGENT_TIMEOUT"/);
        assert.equal(plane.requests.length, 1);
        assert.match(log.lines.join(""), /"attempts":1/);
      });
    }

    it(`${name}: what needs no agent is answered all the same`, async () => {
      const health = EVENTS["REST event 1.0"]({ method: "GET", path: "/health" });
      assert.equal((await handle(health, 0)).status, 200);
      assert.match(log.lines.join(""), /"level":"INFO".*"status":200/);
    });
  }
});
