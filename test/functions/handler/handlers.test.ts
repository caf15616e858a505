import assert from "node:assert/strict";
import { ENVIRONMENT } from "../../../contract/runtime/environment";
import { ERRORS } from "../../../contract/wire/errors";
import { ERROR_DIMENSIONS, METRIC_DIMENSIONS } from "../../../contract/runtime/metrics";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { readHandlerSettings } from "../../../functions/handler/settings";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { RUNTIME_ARN } from "../../support/program/components";
import { callStreaming, contextWith, EVENTS, handlerSettings, type Call } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const JSON_CALL = { headers: { "Content-Type": "application/json" } };
const ask = (body: unknown): Call => ({ ...JSON_CALL, body: JSON.stringify(body) });
const HEARTBEAT_FREE = 'data: {"text":"a"}\n\ndata: {"text":"b"}\n\n';

/** Checks the rules of the embedded metric format, and returns the dimensions. */
function assertMetrics(line: Record<string, unknown>): string[][] {
  const { Timestamp, CloudWatchMetrics } = line["_aws"] as {
    Timestamp: number;
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[];
  };
  assert.ok(Number.isInteger(Timestamp));
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    assert.equal(Namespace, "AgentCoreFrontDoor");
    for (const name of Dimensions.flat()) assert.equal(typeof line[name], "string", name);
    for (const { Name, Unit } of Metrics) {
      assert.equal(typeof line[Name], "number", Name);
      assert.ok(["Count", "Milliseconds", "Bytes"].includes(Unit));
    }
  }
  return CloudWatchMetrics.flatMap(({ Dimensions }) => Dimensions);
}

describe("handlers", () => {
  const { plane, log } = withDataPlane();
  let streaming: ReturnType<typeof streamingHandler>;
  let buffered: ReturnType<typeof bufferedHandler>;
  const logged = log.lines;

  before(() => {
    streaming = streamingHandler(handlerSettings());
    buffered = bufferedHandler(handlerSettings());
  });
  beforeEach(() => {
    plane.streams(HEARTBEAT_FREE);
  });

  const stream = async (event: object, remainingMs?: number): Promise<Answer> => {
    const { prelude, body } = await callStreaming(streaming, event, remainingMs);
    return { status: prelude.statusCode, headers: prelude.headers ?? {}, body };
  };
  const collect = async (event: object, remainingMs?: number): Promise<Answer> => {
    const { statusCode, headers, body } = await buffered(event, contextWith(remainingMs));
    return { status: statusCode, headers: headers ?? {}, body };
  };

  for (const [version, event] of Object.entries(EVENTS)) {
    describe(version, () => {
      for (const [name, call] of [
        ["streaming", stream],
        ["buffered", collect],
      ] as const) {
        it(`${name}: hands prompt and fields to the agent, signed, under a session of the caller's own`, async () => {
          const { status, headers } = await call(
            event({ ...ask({ prompt: "hi", user: 1 }), caller: "arn:aws:iam::1:user/a" }),
          );
          assert.equal(status, 200);
          assert.match(String(headers["X-Session-Id"]), /^session-[0-9a-f-]{36}$/);
          assert.equal(headers["X-Request-Id"], "lambda-request-id");
          assert.equal(headers["Cache-Control"], "no-store, no-transform");
          const [request] = plane.requests;
          assert.ok(request);
          assert.deepEqual(JSON.parse(request.body), { prompt: "hi", user: 1 });
          assert.match(request.url, /^\/runtimes\/arn%3Aaws%3Abedrock-agentcore.*\/invocations\?qualifier=DEFAULT$/);
          assert.equal(request.headers.accept, "text/event-stream, application/json");
          assert.match(request.headers.authorization ?? "", /us-east-1\/bedrock-agentcore\/aws4_request/);
          assert.match(String(request.headers["x-amzn-bedrock-agentcore-runtime-session-id"]), /^fd-[0-9a-f]{64}$/);
        });

        it(`${name}: two callers with one handle get two sessions, one caller gets one`, async () => {
          const session_id = "h".repeat(40);
          for (const caller of ["arn:aws:iam::1:user/a", "arn:aws:iam::1:user/b", "arn:aws:iam::1:user/a"]) {
            await call(event({ ...ask({ prompt: "hi", session_id }), caller }));
          }
          const [a, b, again] = plane.requests.map(
            ({ headers }) => headers["x-amzn-bedrock-agentcore-runtime-session-id"],
          );
          assert.notEqual(a, b);
          assert.equal(a, again);
        });

        it(`${name}: reads a base64 body`, async () => {
          const body = Buffer.from(JSON.stringify({ prompt: "häßlich" })).toString("base64");
          assert.equal((await call(event({ ...JSON_CALL, body, isBase64Encoded: true }))).status, 200);
          assert.deepEqual(JSON.parse(plane.requests[0]?.body ?? ""), { prompt: "häßlich" });
        });

        it(`${name}: never calls the agent for bad input`, async () => {
          for (const bad of [
            { body: "" },
            { body: "null" },
            { body: '{"prompt":{}}' },
            { path: "/x" },
            { method: "PUT" },
          ]) {
            const { status, body } = await call(event({ ...JSON_CALL, ...bad }));
            assert.ok(status !== undefined && status >= 400 && status < 500);
            assert.ok("error" in (JSON.parse(body) as object));
          }
          assert.equal(plane.requests.length, 0);
        });

        for (const [type, status, expected, code, attempts = 1] of [
          ["AccessDeniedException", 403, 502, "AGENT_REFUSED"],
          ["ValidationException", 400, 502, "AGENT_REFUSED"],
          ["ResourceNotFoundException", 404, 502, "AGENT_REFUSED"],
          ["RuntimeClientError", 424, 502, "AGENT_ERROR"],
          ["InternalServerException", 500, 502, "AGENT_ERROR"],
          ["RetryableConflictException", 409, 409, "SESSION_BUSY", 3],
          ["ThrottlingException", 429, 429, "AGENT_THROTTLED", 3],
          ["ServiceQuotaExceededException", 402, 503, "AGENT_UNAVAILABLE"],
          ["SomethingNew", 504, 504, "AGENT_TIMEOUT"],
        ] as const) {
          it(`${name}: ${type} becomes ${code} after ${attempts} of 3 attempts, without its text`, async () => {
            plane.fails(status, type);
            const answer = await call(event(ask({ prompt: "hi" })));
            assert.equal(answer.status, expected);
            assert.equal((JSON.parse(answer.body) as { error: { code: string } }).error.code, code);
            assert.doesNotMatch(answer.body + logged.join(""), /secret detail|arn:aws|\b\d{12}\b/);
            const { retryAfterSeconds } = { retryAfterSeconds: undefined, ...ERRORS[code] };
            assert.equal(
              answer.headers["Retry-After"],
              retryAfterSeconds === undefined ? undefined : String(retryAfterSeconds),
            );
            assert.equal(plane.requests.length, attempts, "only what was refused before the agent is sent again");
          });
        }

        it(`${name}: logs one line that is its metrics, without prompt or answer`, async () => {
          plane.streams('data: "the-answer"\n\n');
          await call(event(ask({ prompt: "the-prompt", session_id: "h".repeat(40) })));
          assert.equal(logged.length, 1);
          assert.doesNotMatch(logged[0] ?? "", /the-prompt|the-answer|hhhh/);
          const line = JSON.parse(logged[0] ?? "") as Record<string, unknown>;
          const { message, status, request_id, door, method, attempts, errors, redactions } = line;
          assert.deepEqual(
            { message, status, request_id, door, method, attempts, errors, redactions },
            {
              message: "request",
              status: 200,
              request_id: "lambda-request-id",
              door: "streamingApi",
              method: "POST",
              attempts: 1,
              errors: 0,
              redactions: {},
            },
          );
          assert.match(String(line["session_hash"]), /^[0-9a-f]{16}$/);
          assertMetrics(line);
        });

        it(`${name}: counts a failure by its code`, async () => {
          plane.fails(403, "AccessDeniedException");
          await call(event(ask({ prompt: "hi" })));
          const line = JSON.parse(logged[0] ?? "") as Record<string, unknown>;
          assert.deepEqual(
            [line["level"], line["code"], line["cause"], line["runtime_status"], line["errors"]],
            ["ERROR", "AGENT_REFUSED", "AccessDeniedException", 403, 1],
          );
          assert.deepEqual(assertMetrics(line), [METRIC_DIMENSIONS, ERROR_DIMENSIONS]);
        });

        it(`${name}: ends an answer that takes too long`, async () => {
          plane.answer = (response) => {
            response.writeHead(200, { "Content-Type": "text/event-stream" });
            response.write("data: one\n\n");
          };
          const { status, body } = await call(event(ask({ prompt: "hi" })), 1_200);
          assert.match(body, /"code":"AGENT_TIMEOUT"/);
          assert.equal(status, name === "streaming" ? 200 : 504);
        });
      }

      it("streaming: passes bytes on unchanged, whatever their chunks", async () => {
        const bytes = Buffer.from(
          'id: 1\r\nevent: x\r\ndata: häh? 😀\r\n\r\n: comment\n\ndata: {"a":\ndata: 1}\n\ndata: last',
        );
        plane.streams(...[...bytes].map((byte) => Buffer.from([byte])));
        assert.equal((await stream(event(ask({ prompt: "hi" })))).body, bytes.toString());
      });

      it("streaming: drops half an event and says what happened when the agent dies", async () => {
        plane.answer = (response) => {
          response.writeHead(200, { "Content-Type": "text/event-stream" });
          response.write('data: whole\n\ndata: {"half":', () => response.destroy());
        };
        const { status, body } = await stream(event(ask({ prompt: "hi" })));
        assert.equal(status, 200);
        const [first, last] = body.split("\n\n");
        assert.equal(first, "data: whole");
        assert.match(
          last ?? "",
          /^event: error\ndata: \{"error":\{"code":"AGENT_ERROR".*"request_id":"lambda-request-id"\}\}$/,
        );
      });

      it("streaming: leaves another content type alone", async () => {
        plane.answer = (response) => {
          response.writeHead(200, { "Content-Type": "text/plain" });
          response.end("just text");
        };
        const { headers, body } = await stream(event(ask({ prompt: "hi" })));
        assert.deepEqual([headers["Content-Type"], body], ["text/plain", "just text"]);
      });

      it("streaming: collects on Accept: application/json", async () => {
        const call = ask({ prompt: "hi" });
        const { body } = await stream(event({ ...call, headers: { ...call.headers, Accept: "application/json" } }));
        assert.equal((JSON.parse(body) as { response: string }).response, "ab");
      });

      it("buffered: joins strings, JSON strings, objects and plain lines", async () => {
        plane.streams(
          'data: plain \n\ndata: "quoted "\n\ndata: {"text":"object "}\n\nevent: x\ndata: two\ndata: lines\n\n',
        );
        const { body } = await collect(event(ask({ prompt: "hi" })));
        assert.equal((JSON.parse(body) as { response: string }).response, "plain quoted object two\nlines");
      });

      it("buffered: a byte order mark does not hide the first event, or a failure in it", async () => {
        plane.streams('\ufeffdata: "one "\n\ndata: "two"\n\n');
        const { body } = await collect(event(ask({ prompt: "hi" })));
        assert.equal((JSON.parse(body) as { response: string }).response, "one two");
        plane.streams("\ufeffevent: error\ndata: boom\n\n");
        assert.equal((await collect(event(ask({ prompt: "hi" })))).status, 502);
      });

      it("buffered: an agent's error event is a failure", async () => {
        plane.streams("data: some\n\nevent: error\ndata: boom\n\n");
        const { status, body } = await collect(event(ask({ prompt: "hi" })));
        assert.equal(status, 502);
        assert.match(body, /AGENT_ERROR/);
        assert.doesNotMatch(body, /boom/);
      });
    });
  }

  it("fail at init with settings that cannot work, and name the variable", () => {
    const env = {
      [ENVIRONMENT.runtimeArn]: RUNTIME_ARN,
      [ENVIRONMENT.qualifier]: "DEFAULT",
      [ENVIRONMENT.canary]: "[]",
      [ENVIRONMENT.agents]: "{}",
      [ENVIRONMENT.stopSession]: "true",
      [ENVIRONMENT.door]: "streamingApi",
      [ENVIRONMENT.marginMs]: "1000",
    };
    for (const name of Object.keys(env)) {
      assert.throws(() => readHandlerSettings({ ...env, [name]: "?" }), new RegExp(name));
    }
    assert.throws(() => readHandlerSettings({ ...env, LAMBDA_TASK_ROOT: "/nowhere" }), /policy\.json is missing/);
  });
});
