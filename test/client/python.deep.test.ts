import assert from "node:assert/strict";
import { join } from "node:path";
import type { FrontDoorError } from "../../client/index";
import { refusal } from "../../client/errors/refusal";
import { DOOR_NAMES, type Door } from "../../contract/wire/doors";
import { ERRORS, errorBody } from "../../contract/wire/errors";
import { GATEWAY_ERRORS, gatewayTemplate } from "../../contract/wire/gatewayErrors";
import { encodeEvent } from "../../contract/wire/sse";
import { FakeDoor } from "../support/client/fakeDoor";
import { STREAMS } from "../support/client/streams";
import { ROOT, stackFile } from "../support/local/frontDoor";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { harmlessEvents } from "../contract/wire/dialects/harmless";
import { COMMON_WHOLE, NONE } from "../contract/wire/dialects/wholeAnswers";
import { OwnAgent } from "../support/local/ownAgent";
import { NO_PYTHON, runPython } from "../support/python/python";

type Failed = Pick<FrontDoorError, "code" | "message" | "remedy" | "status" | "requestId" | "retryAfter">;
interface Read {
  readonly all: unknown[];
  readonly error: Failed | null;
}
interface Asked {
  readonly results: (Read & { readonly sessionId: string | null })[];
  readonly stopped: boolean[] | null;
}

async function inPython<T>(calls: readonly object[]): Promise<T[]> {
  const input = JSON.stringify({ client: join(ROOT, "client", "python"), calls });
  return (await runPython("ask.py", input))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

const bytesOf = (text: string): number[] => [...Buffer.from(text)];

interface Streamed {
  readonly breaks?: boolean;
  readonly events?: boolean;
  readonly type?: string;
}

const streamed = (pieces: readonly (readonly number[])[], options: Streamed = {}): object => ({
  do: "stream",
  pieces,
  breaks: false,
  events: false,
  type: "text/event-stream",
  ...options,
});

describe("the client for Python", () => {
  before(function () {
    if (NO_PYTHON !== undefined) {
      console.log(`      ${NO_PYTHON}`);
      this.skip();
    }
  });

  it("reads every stream the same however it is cut in two, and byte by byte", async () => {
    for (const [title, [stream, events]] of Object.entries(STREAMS)) {
      const bytes = bytesOf(stream);
      const cuts = bytes.map((_, at) => [bytes.slice(0, at), bytes.slice(at)]);
      const calls = [...cuts, bytes.map((byte) => [byte])].map((pieces) => streamed(pieces, { events: true }));
      const expected = { all: events.map((event) => ({ type: "", ...event })), error: null };
      for (const [at, read] of (await inPython<Read>(calls)).entries())
        assert.deepEqual(read, expected, `${title}, ${String(at)}`);
    }
  });

  it("never takes a stream for whole that breaks or ends at any byte, nor half a collected answer", async () => {
    const bytes = bytesOf('data: "Hel"\n\ndata: "lo ä"\n\ndata: [DONE]\n\n');
    const json = bytesOf('{"response": "Hel\\"lo", "session_id": "x"}');
    const type = "application/json";
    const cuts = bytes.map((_, at) => bytes.slice(0, at));
    const calls = [
      ...cuts.map((cut) => streamed([cut], { breaks: true })),
      ...cuts.map((cut) => streamed([cut])),
      ...json.map((_, at) => streamed([json.slice(0, at)], { type })),
    ];
    for (const { all, error } of await inPython<Read>(calls)) {
      assert.equal(error?.code, "ANSWER_CUT");
      assert.equal(error.requestId, "request-1");
      assert.ok("Hello ä".startsWith(all.join("")));
    }
    const whole = await inPython<Read>([streamed([bytes]), streamed([json], { type })]);
    assert.deepEqual(
      whole.map(({ all, error }) => [all.join(""), error]),
      [
        ["Hello ä", null],
        ['Hel"lo', null],
      ],
    );
  });

  it("keeps long integers of a collected answer, and throws the error of a stream after its text", async () => {
    const answer = '{"x": [1, "response"], "response": {"id": 12345678901234567890.0}, "y": 1}';
    const failed = `data: "Hel"\n\n${encodeEvent("error", errorBody({ code: "AGENT_THROTTLED" }, "r"))}`;
    const [whole, broken] = await inPython<Read>([
      streamed([bytesOf(answer)], { type: "application/json" }),
      streamed([bytesOf(failed)]),
    ]);
    assert.deepEqual(whole?.all, ['{"id": 12345678901234567890.0}']);
    assert.deepEqual([broken?.all, broken?.error?.code, broken?.error?.retryAfter], [["Hel"], "AGENT_THROTTLED", 5]);
  });

  it("raises a failure that an agent's own JSON reports, and takes none for it that only contains the word", async () => {
    const type = "application/json";
    const failures = COMMON_WHOLE.map((each) => JSON.stringify(each));
    const answers = [...harmlessEvents(), ...NONE.map((value) => JSON.stringify(value))].filter(
      (json) => json !== '"error"',
    );
    const collected = failures.map((json) => `{"session_id": "s", "response": ${json}}`);
    const calls = [...failures, ...answers, ...collected].map((json) => streamed([bytesOf(json)], { type }));
    const read = await inPython<Read>(calls);
    for (const [at, json] of failures.entries()) {
      assert.deepEqual(read[at]?.all, [], json);
      assert.deepEqual([read[at].error?.code, read[at].error?.requestId], ["AGENT_ERROR", "request-1"], json);
    }
    for (const [at, json] of [...answers, ...failures].entries())
      assert.deepEqual(read[failures.length + at], { all: [json], error: null }, json);
  });

  it("reads every answer with an error status as the client in TypeScript does", async () => {
    const answers = [
      ...Object.keys(ERRORS).map((code) => {
        const { status } = ERRORS[code as keyof typeof ERRORS];
        return [status, JSON.stringify(errorBody({ code: code as keyof typeof ERRORS }, "r-1")), {}] as const;
      }),
      ...GATEWAY_ERRORS.flatMap((error) =>
        [401, 403, 404, 413, 415, 429, 500, 504].map((status) => {
          const body = gatewayTemplate(error).replace("$context.error.responseType", "REQUEST_TOO_LARGE");
          return [status, body, { "retry-after": "7" }] as const;
        }),
      ),
      [403, "<html>Request blocked.\nRequest ID: Abc_-9==\n</html>", {}] as const,
      [403, '{"message":"The request signature we calculated does not match."}', {}] as const,
      [403, '{"Message":"Forbidden"}', { "x-amzn-requestid": "l-1" }] as const,
      [418, "null", {}] as const,
      [502, "Bad gateway", { "x-amz-cf-id": "c-1", "retry-after": "soon" }] as const,
    ];
    const calls = answers.map(([status, body, headers]) => ({ do: "refusal", status, body, headers }));
    const read = await inPython<{ error: Failed }>(calls);
    for (const [at, [status, body, headers]] of answers.entries()) {
      const error = refusal({ status, headers: new Headers(headers) }, body);
      const { code, message, remedy, requestId = null, retryAfter = null } = error;
      assert.deepEqual(read[at]?.error, { code, message, remedy, status, requestId, retryAfter }, body);
    }
  });

  it("fetches a token again once after 401, and sends no question twice after another status", async () => {
    const door = await FakeDoor.start();
    try {
      door.reply = (response, { headers }) => {
        if (headers.authorization === "Bearer t2") response.writeHead(200).end("yes");
        else response.writeHead(401).end(JSON.stringify(errorBody({ code: "UNAUTHORIZED" }, "r")));
      };
      const [asked] = await inPython<Asked>([{ do: "ask", url: door.url, tokens: ["t1", "t2"], prompts: ["a", "b"] }]);
      assert.deepEqual(
        asked?.results.map(({ all }) => all),
        [["yes"], ["yes"]],
      );
      assert.equal(door.received.length, 3);
      for (const status of [307, 403, 429, 503]) {
        door.received.length = 0;
        door.reply = (response) => response.writeHead(status, { Location: "/x", "Retry-After": "1" }).end();
        const [refused] = await inPython<Asked>([{ do: "ask", url: door.url, tokens: ["t1", "t2"], prompts: ["a"] }]);
        assert.equal(refused?.results[0]?.error?.status, status);
        assert.equal(door.received.length, 1);
      }
    } finally {
      door.stop();
    }
  });

  describe("at every door", () => {
    let agent: OwnAgent;
    let frontDoor: LocalFrontDoor;
    before(async () => {
      agent = await OwnAgent.start((prompt, response) => {
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        response.write('data: {"type":"TEXT_MESSAGE_CONTENT","delta":"Hel"}\n\n');
        if (prompt === "fails") response.end('data: {"type":"RUN_ERROR","message":"secret"}\n\n');
        else response.end('data: {"type":"TEXT_MESSAGE_CONTENT","delta":"lo"}\n\ndata: {"type":"RUN_FINISHED"}\n\n');
      });
      frontDoor = await LocalFrontDoor.start(["--config-file", stackFile({}), "--agent", agent.url]);
    });
    after(async () => {
      await frontDoor.stop();
      await agent.stop();
    });

    const signers = ({ auth }: Door): unknown[] => {
      if (auth.type === "API_KEY") return [["api_key", auth.value]];
      assert.ok(auth.type === "AWS_IAM");
      return [["sigv4", auth.service, auth.region]];
    };

    for (const name of DOOR_NAMES) {
      it(`asks ${name}, keeps the session, stops it, and raises the agent's failure`, async () => {
        const door = frontDoor.door(name);
        const { accessKeyId, secretAccessKey, sessionToken = "" } = frontDoor.announced.credentials;
        const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
        const before = { ...process.env };
        Object.assign(process.env, environment, sessionToken && { AWS_SESSION_TOKEN: sessionToken });
        try {
          const [asked] = await inPython<Asked>([
            { do: "ask", url: door.url, auth: signers(door), prompts: ["hi", "hi", "fails"], stop: true },
          ]);
          const [first, second, failed] = asked?.results ?? [];
          assert.deepEqual([first?.all.join(""), second?.all.join("")], ["Hello", "Hello"]);
          assert.ok(first?.sessionId);
          assert.equal(first.sessionId, second?.sessionId);
          assert.deepEqual([failed?.error?.code, failed?.error?.remedy], ["AGENT_ERROR", ERRORS.AGENT_ERROR.remedy]);
          assert.deepEqual(asked?.stopped, [true, false]);
        } finally {
          process.env = before;
        }
      });
    }
  });
});
