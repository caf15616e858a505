import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { mock } from "node:test";
import { HEARTBEAT_MS } from "../../../contract/aws/limits";
import { HEARTBEAT } from "../../../contract/wire/sse";
import { withRetries } from "../../../functions/agent/retry";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { captureLog } from "../../support/handlers/captureLog";
import {
  contextWith,
  DataPlane,
  EVENTS,
  handlerSettings,
  installLambdaGlobal,
  ResponseStream,
} from "../../support/handlers/handlers";

const ASK = EVENTS["Function URL event 2.0"]({
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ prompt: "hello" }),
});

describe("silence", () => {
  const plane = new DataPlane();
  const log = captureLog();
  let agent: ServerResponse;
  let asked: Promise<unknown>;
  let out: ResponseStream;
  let running: Promise<void>;

  before(async () => {
    await plane.start();
    installLambdaGlobal();
  });
  after(async () => {
    await plane.stop();
  });

  beforeEach(() => {
    log.start();
    // Only the heartbeat's timers are mocked; sockets keep real ones.
    mock.timers.enable({ apis: ["setTimeout"] });
    asked = new Promise((resolve) => {
      plane.answer = (response) => {
        agent = response;
        resolve(undefined);
      };
    });
    out = new ResponseStream();
    running = streamingHandler(handlerSettings())(ASK, out as unknown as awslambda.HttpResponseStream, contextWith());
  });
  afterEach(() => {
    mock.timers.reset();
    log.stop();
  });

  /** Waits until the client has received `text`, and returns everything that it received. */
  const until = async (text: string): Promise<string> => {
    for (;;) {
      const body = out.hasPrelude() ? out.received().body : "";
      if (body.includes(text)) return body;
      await once(out, "chunk");
    }
  };

  it("before the first byte: an event stream is promised and kept alive, and the answer follows", async () => {
    await asked;
    mock.timers.tick(HEARTBEAT_MS);
    await until(HEARTBEAT);
    mock.timers.tick(HEARTBEAT_MS);
    await until(HEARTBEAT.repeat(2));
    agent.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: late\n\n");
    await running;
    const { prelude, body } = out.received();
    assert.equal(prelude.headers?.["Content-Type"], "text/event-stream");
    assert.equal(body, `${HEARTBEAT.repeat(2)}data: late\n\n`);
  });

  it("between events: a comment, only where nothing else was written", async () => {
    await asked;
    agent.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: a\n\n");
    await until("data: a\n\n");
    mock.timers.tick(HEARTBEAT_MS - 1);
    agent.write("data: b\n\n");
    await until("data: b\n\n");
    mock.timers.tick(HEARTBEAT_MS - 1);
    assert.ok(!out.received().body.includes(HEARTBEAT), "the second event has begun the silence anew");
    mock.timers.tick(1);
    await until(HEARTBEAT);
    agent.end("data: c\n\n");
    await running;
    assert.equal(out.received().body, `data: a\n\ndata: b\n\n${HEARTBEAT}data: c\n\n`);
  });

  it("within half an event: the comment goes before it, not into it", async () => {
    await asked;
    agent.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: a\n\ndata: ha");
    await until("data: a\n\n");
    mock.timers.tick(HEARTBEAT_MS);
    await until(HEARTBEAT);
    agent.end("lf\n\n");
    await running;
    assert.equal(out.received().body, `data: a\n\n${HEARTBEAT}data: half\n\n`);
  });

  for (const [type, body, data] of [
    ["application/json", '{"a":\n1}', 'data: {"a":\ndata: 1}\n\n'],
    ["text/plain", "plain", "data: plain\n\n"],
  ] as const) {
    it(`an answer of ${type} after the promise comes as one event`, async () => {
      await asked;
      mock.timers.tick(HEARTBEAT_MS);
      await until(HEARTBEAT);
      agent.writeHead(200, { "Content-Type": type }).end(body);
      await running;
      assert.equal(out.received().body, HEARTBEAT + data);
    });
  }

  it("a JSON object waits for its end; after the promise it comes as one event, or the door's error in its place", async () => {
    for (const [rest, received] of [
      ["1}", /^: keepalive\n\ndata: \{"error":1\}\n\n$/],
      ['"secret"}', /^: keepalive\n\nevent: error\ndata: \{"error":\{"code":"AGENT_ERROR",(?!.*secret)/],
    ] as const) {
      await asked;
      agent.writeHead(200, { "Content-Type": "application/json" }).write('{"error":');
      mock.timers.tick(HEARTBEAT_MS);
      await until(HEARTBEAT);
      agent.end(rest);
      await running;
      assert.match(out.received().body, received);
      asked = new Promise((resolve) => {
        plane.answer = (response) => {
          agent = response;
          resolve(undefined);
        };
      });
      out = new ResponseStream();
      running = streamingHandler(handlerSettings())(ASK, out as unknown as awslambda.HttpResponseStream, contextWith());
    }
    await asked;
    agent.writeHead(200, { "Content-Type": "application/json" }).write('["first');
    await until('["first');
    agent.end('"]');
    await running;
    assert.equal(out.received().body, '["first"]');
  });

  it("a failure after the promise comes as an event", async () => {
    await asked;
    mock.timers.tick(HEARTBEAT_MS);
    await until(HEARTBEAT);
    agent.writeHead(403, { "x-amzn-errortype": "AccessDeniedException" }).end("{}");
    await running;
    const { prelude, body } = out.received();
    assert.equal(prelude.statusCode, 200);
    assert.match(body, /^: keepalive\n\nevent: error\ndata: \{"error":\{"code":"AGENT_REFUSED"/);
    assert.match(log.lines[0] ?? "", /"level":"ERROR".*"status":200,"code":"AGENT_REFUSED"/);
  });
});

describe("retries", () => {
  const never = new AbortController().signal;
  const failing = (...errors: readonly Error[]) => {
    let calls = 0;
    return {
      calls: () => calls,
      call: () => {
        const error = errors[calls++];
        return error ? Promise.reject(error) : Promise.resolve("answer");
      },
    };
  };
  const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name }, more);

  for (const error of [
    named("RetryableConflictException"),
    named("ThrottlingException"),
    named("Error", { code: "ECONNREFUSED" }),
    named("Error", { code: "ENOTFOUND" }),
  ]) {
    it(`call again after ${error.name} ${"code" in error ? String(error.code) : ""}, which never reached the agent`, async () => {
      const { call, calls } = failing(error, error);
      const attempts: number[] = [];
      assert.equal(await withRetries(call, never, (attempt) => attempts.push(attempt)), "answer");
      assert.deepEqual([calls(), attempts], [3, [1, 2, 3]]);
    });
  }

  it("give up after the third attempt", async () => {
    const error = named("ThrottlingException");
    const { call, calls } = failing(error, error, error, error);
    await assert.rejects(
      withRetries(call, never, () => undefined),
      error,
    );
    assert.equal(calls(), 3);
  });

  for (const error of [
    named("RuntimeClientError"),
    named("InternalServerException"),
    named("ServiceQuotaExceededException"),
    named("AccessDeniedException"),
    named("SomethingNew", { $metadata: { httpStatusCode: 503 } }),
    named("SomethingNew", { $metadata: { httpStatusCode: 504 } }),
    named("Error", { code: "ECONNRESET" }),
    named("Error", { code: "EPIPE" }),
    named("Error", { code: "ETIMEDOUT" }),
    named("TimeoutError"),
  ]) {
    it(`never call again after ${JSON.stringify(error)}: the agent may have run`, async () => {
      const { call, calls } = failing(error);
      await assert.rejects(
        withRetries(call, never, () => undefined),
        error,
      );
      assert.equal(calls(), 1);
    });
  }

  it("do not outlive the deadline", async () => {
    const error = named("ThrottlingException");
    const { call, calls } = failing(error, error);
    const deadline = new AbortController();
    const trying = withRetries(call, deadline.signal, () => undefined);
    deadline.abort();
    await assert.rejects(trying, error);
    assert.equal(calls(), 1);
  });
});
