import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { DOOR_NAMES, type DoorName } from "../../contract/wire/doors";
import { readAnswer, type Answer } from "../support/http/answer";
import { BAD_INPUT, JSON_HEADERS } from "../support/http/badInput";
import { stackFile } from "../support/local/frontDoor";
import type { SendInit } from "../support/local/frontDoorClient";
import { LocalFrontDoor } from "../support/local/localFrontDoor";
import { OwnAgent, type Received } from "../support/local/ownAgent";

const CUSTOM = "x-amzn-bedrock-agentcore-runtime-custom-";
const ORIGIN = "https://app.example.com";
const SECOND = "http://localhost:3000";

const POLICY = {
  headerMap: { "X-Tenant-Id": "Tenant-Id", "X-Locale": "X-Amzn-Bedrock-AgentCore-Runtime-Custom-Locale" },
  payload: { deny: ["system"], rename: { topic: "subject" }, maxPromptBytes: 2000 },
  redaction: {
    fields: ["prompt", "topic"],
    detectors: { email: "mask", card: "reject" },
    patterns: [{ name: "ticket", pattern: "(TCK-[0-9]+ ?)+" }],
  },
  corsOrigins: [ORIGIN, SECOND],
};

const waiting: ServerResponse[] = [];

/** What the agent does for a prompt; any other comes back as one event. */
const SCRIPT: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "as json": (response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"id": 12345678901234567890, "a": [1.10]}');
  },
  "as text": (response) => {
    response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" }).end("plain häh? 😀");
  },
  "as nothing": (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).end();
  },
  "as python": (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).end('data: "eins "\n\ndata: "zwei"\n\n');
  },
  "as crlf": (response) => {
    response
      .writeHead(200, { "Content-Type": "text/event-stream" })
      .end("data: a\r\ndata: b\r\n\r\n: c\r\n\r\ndata: d");
  },
  "status 400": (response) =>
    response.writeHead(400, { "Content-Type": "application/json" }).end('{"error":"secret-1"}'),
  "status 500": (response) =>
    response.writeHead(500, { "Content-Type": "text/plain" }).end("secret-2 at /var/task/agent.py"),
  "status 302": (response) => response.writeHead(302, { Location: "http://169.254.169.254/" }).end(),
  // Ends when its session does, or when the test says so.
  endless: (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: begun\n\n");
  },
  waiting: (response) => {
    response.req.once("release", () => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: late\n\n");
    });
    waiting.push(response);
  },
  "hostile headers": (response) => {
    response
      .writeHead(200, {
        "Content-Type": "text/event-stream",
        "X-Session-Id": "forged",
        "Set-Cookie": "a=b",
        "Access-Control-Allow-Origin": "*",
        "X-Request-Id": "forged",
      })
      .end("data: ok\n\n");
  },
};

function script(prompt: string, response: ServerResponse): void {
  const play = SCRIPT[prompt];
  if (play) play(response);
  else {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.end(`data: ${JSON.stringify({ text: prompt })}\n\n`);
  }
}

interface Case {
  readonly title: string;
  readonly path?: string;
  readonly method?: string;
  /** JSON, or a text as it is. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly code?: string;
  readonly text?: string;
  readonly check?: (answer: Answer, seen: Received | undefined) => void;
}

const payloadOf = (seen: Received | undefined): unknown => JSON.parse(seen?.body ?? "null");
const SESSION = `mine_${"x".repeat(40)}`;

/** The contract. The same list, with the same expectations, at every door. */
const CASES: readonly Case[] = [
  {
    title: "answers, with a session of its own and the headers of the contract",
    body: { prompt: "hello" },
    status: 200,
    text: "hello",
    check: ({ headers }, seen) => {
      assert.match(headers.get("x-session-id") ?? "", /^session-[0-9a-f-]{36}$/);
      assert.match(headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
      assert.equal(headers.get("cache-control"), "no-store, no-transform");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("access-control-allow-origin"), null);
      assert.match(String(seen?.headers["x-amzn-bedrock-agentcore-runtime-session-id"]), /^fd-[0-9a-f]{64}$/);
    },
  },
  {
    title: "keeps the caller's session",
    body: { prompt: "hello", session_id: SESSION },
    status: 200,
    check: ({ headers }, seen) => {
      assert.equal(headers.get("x-session-id"), SESSION);
      assert.deepEqual(payloadOf(seen), { prompt: "hello" });
    },
  },
  {
    title: "hands other fields on under their names, or under the stack's",
    body: { prompt: "hello", topic: "t", n: 1.5, deep: { a: [null, true] } },
    status: 200,
    check: (_, seen) => {
      assert.deepEqual(payloadOf(seen), { prompt: "hello", subject: "t", n: 1.5, deep: { a: [null, true] } });
    },
  },
  {
    title: "refuses a field that is denied",
    body: { prompt: "hi", system: "x" },
    status: 400,
    code: "FIELD_NOT_ALLOWED",
  },
  {
    title: "refuses a field under a name that another is renamed to",
    body: { prompt: "hi", subject: "x" },
    status: 400,
    code: "FIELD_NOT_ALLOWED",
    check: ({ error }) => {
      assert.match(error?.message ?? "", /It is `subject`\. Leave the field out/);
    },
  },
  {
    title: "refuses a prompt that is too long for the stack",
    body: { prompt: "x".repeat(2001) },
    status: 413,
    code: "PROMPT_TOO_LARGE",
    check: ({ error }) => {
      assert.match(error?.message ?? "", /It accepts 2000 bytes/);
    },
  },
  {
    title: "refuses JSON that cannot be handed on unchanged",
    headers: JSON_HEADERS,
    body: '{"prompt":"hi","a":1,"a":2}',
    status: 400,
    code: "UNSAFE_JSON",
    check: ({ error }) => {
      assert.match(error?.message ?? "", /It has a name twice in one object\./);
    },
  },
  {
    title: "maps headers, and drops every other that could mean something",
    headers: {
      "x-tenant-id": "acme",
      "X-LOCALE": "de",
      "X-Amzn-Bedrock-AgentCore-Runtime-Custom-Role": "admin",
      "x-amzn-bedrock-agentcore-runtime-user-id": "root",
      "X-AMZN-BEDROCK-AGENTCORE-RUNTIME-SESSION-ID": "x".repeat(40),
      "Mcp-Session-Id": "m",
      "X-Other": "o",
      "X-Forwarded-For": "6.6.6.6",
      Cookie: "a=b",
    },
    body: { prompt: "hello" },
    status: 200,
    check: (_, seen) => {
      const { headers = {} } = seen ?? {};
      assert.equal(headers[`${CUSTOM}tenant-id`], "acme");
      assert.equal(headers[`${CUSTOM}locale`], "de");
      assert.equal(headers[`${CUSTOM}role`], undefined);
      assert.match(String(headers["x-amzn-bedrock-agentcore-runtime-session-id"]), /^fd-/);
      assert.doesNotMatch(JSON.stringify(headers), /root|6\.6\.6\.6|"a=b"|"o"|"m"/);
    },
  },
  {
    title: "refuses a mapped header that is too long",
    headers: { "x-tenant-id": "x".repeat(4097) },
    body: { prompt: "hello" },
    status: 400,
    code: "INVALID_HEADER",
    check: ({ error }) => {
      assert.match(error?.message ?? "", /It is `x-tenant-id`.*4096/);
    },
  },
  {
    title: "masks before the agent sees it",
    body: { prompt: "I am a@b.example, TCK-1 TCK-22!", topic: "c@d.example", other: "e@f.example" },
    status: 200,
    text: "I am [email], [ticket]!",
    check: (_, seen) => {
      const payload = { prompt: "I am [email], [ticket]!", subject: "[email]", other: "e@f.example" };
      assert.deepEqual(payloadOf(seen), payload);
    },
  },
  {
    title: "rejects what the stack rejects, naming field and detector",
    body: { prompt: "hi", topic: "4111 1111 1111 1111" },
    status: 400,
    code: "SENSITIVE_DATA",
    check: ({ error }) => {
      assert.match(error?.message ?? "", /`topic` contains card\. Remove it/);
    },
  },
  {
    title: "passes a trace on that is well-formed",
    headers: {
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      tracestate: "a=1",
      baggage: "k=v",
      "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678;Sampled=1",
    },
    body: { prompt: "hello" },
    status: 200,
    check: (_, seen) => {
      assert.equal(seen?.headers["traceparent"], "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
      assert.equal(seen.headers["tracestate"], "a=1");
      assert.match(String(seen.headers["baggage"]), /^k=v,front_door\.request_id=[0-9a-f-]{36}$/);
      assert.equal(seen.headers["x-amzn-trace-id"], "Root=1-67891233-abcdef012345678912345678;Sampled=1");
    },
  },
  {
    title: "leaves a broken trace out, and joins Lambda's own",
    headers: { traceparent: "00-zz", tracestate: "a=1", "X-Amzn-Trace-Id": "not a trace" },
    body: { prompt: "hello" },
    status: 200,
    check: (_, seen) => {
      assert.equal(seen?.headers["traceparent"], undefined);
      assert.equal(seen?.headers["tracestate"], undefined);
      assert.match(String(seen?.headers["x-amzn-trace-id"]), /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}/);
    },
  },
  {
    title: "collects for a client that accepts JSON only",
    headers: { accept: "application/json" },
    body: { prompt: "as python" },
    status: 200,
    text: "eins zwei",
    check: ({ headers }) => {
      assert.match(headers.get("content-type") ?? "", /^application\/json/);
    },
  },
  {
    title: "reads an event stream with CRLF, comments and no end",
    body: { prompt: "as crlf" },
    status: 200,
    check: ({ text }) => {
      assert.match(text ?? "", /^a\nb/);
    },
  },
  {
    title: "passes JSON on, digit for digit",
    headers: { accept: "application/json" },
    body: { prompt: "as json" },
    status: 200,
    check: ({ json }) => {
      assert.deepEqual(json, JSON.parse('{"id": 12345678901234567890, "a": [1.1]}'));
    },
  },
  {
    title: "passes text on",
    headers: { accept: "application/json" },
    body: { prompt: "as text" },
    status: 200,
    text: "plain häh? 😀",
  },
  { title: "passes an empty answer on", body: { prompt: "as nothing" }, status: 200, text: "" },
  ...(["status 400", "status 500", "status 302"] as const).map((prompt) => ({
    title: `says that the agent failed, and nothing of how: ${prompt}`,
    body: { prompt },
    status: 502,
    code: prompt === "status 400" ? "AGENT_INPUT_INVALID" : "AGENT_ERROR",
    check: ({ error }: Answer) => {
      assert.doesNotMatch(error?.message ?? "", /secret|169\.254|agent\.py/);
    },
  })),
  {
    title: "takes no header from the agent but its content type",
    body: { prompt: "hostile headers" },
    status: 200,
    check: ({ headers }) => {
      assert.equal(headers.get("set-cookie"), null);
      assert.equal(headers.get("access-control-allow-origin"), null);
      assert.match(headers.get("x-session-id") ?? "", /^session-/);
      assert.notEqual(headers.get("x-request-id"), "forged");
    },
  },
  ...[ORIGIN, SECOND].map((origin) => ({
    title: `lets ${origin} read an answer`,
    headers: { origin },
    body: { prompt: "hello" },
    status: 200,
    check: ({ headers }: Answer) => {
      assert.equal(headers.get("access-control-allow-origin"), origin);
      assert.equal(headers.get("vary"), "Origin");
      assert.match(headers.get("access-control-expose-headers") ?? "", /X-Session-Id/i);
    },
  })),
  {
    title: "lets an origin of the list read an error",
    headers: { origin: SECOND },
    body: { prompt: "hi", system: "x" },
    status: 400,
    code: "FIELD_NOT_ALLOWED",
    check: ({ headers }) => {
      assert.equal(headers.get("access-control-allow-origin"), SECOND);
    },
  },
  ...["https://evil.example", `${ORIGIN}.evil.example`, "null", "http://app.example.com"].map((origin) => ({
    title: `lets no other origin in: ${origin}`,
    headers: { origin },
    body: { prompt: "hello" },
    status: 200,
    check: ({ headers }: Answer) => {
      assert.equal(headers.get("access-control-allow-origin"), null);
      assert.equal(headers.get("vary"), "Origin");
    },
  })),
  {
    title: "answers GET /health",
    path: "/health",
    method: "GET",
    status: 200,
    check: ({ json }) => {
      assert.deepEqual(json, { status: "ok" });
    },
  },
  {
    title: "knows no session that was never started",
    path: `/sessions/${"n".repeat(40)}`,
    method: "DELETE",
    status: 404,
    code: "SESSION_NOT_FOUND",
  },
  {
    title: "refuses to stop a session without a valid handle",
    path: "/sessions/short",
    method: "DELETE",
    status: 400,
    code: "INVALID_SESSION_ID",
  },
  {
    title: "refuses a wrong method on a session",
    path: `/sessions/${SESSION}`,
    method: "GET",
    status: 405,
    code: "METHOD_NOT_ALLOWED",
  },
  ...BAD_INPUT.map(({ title, path, init, status, code, says }) => ({
    title: `refuses ${title}`,
    ...(path !== undefined && { path }),
    ...(init.method !== undefined && { method: init.method }),
    ...(init.headers && { headers: init.headers }),
    body: init.body,
    status,
    code,
    check: ({ error }: Answer) => {
      assert.match(error?.message ?? "", says);
    },
  })),
];

describe("the contract, in real processes", () => {
  let agent: OwnAgent;
  let frontDoor: LocalFrontDoor;
  before(async () => {
    agent = await OwnAgent.start(script);
    frontDoor = await LocalFrontDoor.start(["--config-file", stackFile(POLICY), "--agent", agent.url]);
  });
  after(async () => {
    await frontDoor.stop();
    await agent.stop();
  });

  const send = async (
    door: DoorName,
    { path = "/invoke", method = "POST", body, headers = {} }: Case,
  ): Promise<Answer> => {
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    const init: SendInit = { method, headers: { ...(typeof body === "object" && JSON_HEADERS), ...headers } };
    return await readAnswer(await frontDoor.send(door, path, { ...init, ...(text !== undefined && { body: text }) }));
  };

  for (const door of DOOR_NAMES) {
    describe(door, () => {
      for (const each of CASES) {
        it(each.title, async () => {
          agent.received.length = 0;
          const answer = await send(door, each);
          assert.equal(answer.status, each.status, JSON.stringify(answer.error));
          assert.equal(answer.error?.code, each.code);
          if (each.code !== undefined) {
            assert.ok((answer.error?.request_id ?? "").length > 0);
            assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
          }
          if (each.text !== undefined) assert.equal(answer.text, each.text);
          each.check?.(answer, agent.received.at(-1));
          // What is refused before the agent never reaches it.
          if (each.status >= 400 && each.status < 500) assert.equal(agent.received.length, 0);
        });
      }

      it("stops a session once, and only its owner can", async () => {
        const session_id = `stop_${"s".repeat(40)}`;
        await send(door, { title: "", body: { prompt: "hello", session_id }, status: 200 });
        const stop: Case = { title: "", path: `/sessions/${session_id}`, method: "DELETE", status: 200 };
        // One key opens both REST doors: its holder is one caller at both.
        for (const other of DOOR_NAMES.filter((name) => (name === "streamingUrl") !== (door === "streamingUrl"))) {
          assert.equal((await send(other, stop)).error?.code, "SESSION_NOT_FOUND", "another caller's handle");
        }
        const stopped = await send(door, stop);
        assert.deepEqual([stopped.status, stopped.json], [200, { session_id, status: "stopped" }]);
        assert.equal((await send(door, stop)).error?.code, "SESSION_NOT_FOUND");
      });

      it("stops what a session is still streaming", async () => {
        const session_id = `live_${"l".repeat(40)}`;
        agent.received.length = 0;
        const answering = frontDoor.invoke(door, { prompt: "endless", session_id });
        await agent.has(1);
        const stopped = await frontDoor.send(door, `/sessions/${session_id}`, { method: "DELETE" });
        assert.equal(stopped.status, 200);
        const { status, error } = await readAnswer(await answering);
        assert.deepEqual([status, error?.code], [door === "bufferedApi" ? 502 : 200, "AGENT_ERROR"]);
      });

      for (const origin of [ORIGIN, SECOND]) {
        it(`answers the preflight of ${origin} without proof, and without its function`, async () => {
          const before = await frontDoor.loggedRequests();
          const response = await fetch(`${frontDoor.door(door).url}/invoke`, {
            method: "OPTIONS",
            headers: {
              origin,
              "access-control-request-method": "POST",
              "access-control-request-headers": "x-tenant-id",
            },
          });
          assert.ok(response.ok);
          const { headers } = response;
          assert.equal(headers.get("access-control-allow-origin"), origin);
          assert.match(headers.get("access-control-allow-methods") ?? "", /POST/);
          assert.match(headers.get("access-control-allow-headers") ?? "", /X-Tenant-Id/i);
          assert.equal(headers.get("vary"), "Origin");
          assert.equal(await frontDoor.loggedRequests(), before);
        });
      }

      it("answers the preflight of another origin without its name", async () => {
        const response = await fetch(`${frontDoor.door(door).url}/sessions/x`, {
          method: "OPTIONS",
          headers: { origin: "https://evil.example", "access-control-request-method": "DELETE" },
        });
        assert.notEqual(response.headers.get("access-control-allow-origin"), "https://evil.example");
        assert.notEqual(response.headers.get("access-control-allow-origin"), "*");
      });

      it("lets the first origin read what is refused before the function", async () => {
        const response = await fetch(`${frontDoor.door(door).url}/invoke`, {
          method: "POST",
          headers: { ...JSON_HEADERS, origin: ORIGIN },
          body: '{"prompt":"hi"}',
        });
        assert.deepEqual([response.status, response.headers.get("access-control-allow-origin")], [403, ORIGIN]);
      });
    });
  }

  it("the streaming doors break 15 s of silence before the first byte, and the answer follows", async () => {
    const responses = ["streamingUrl", "streamingApi"] as const;
    await Promise.all(
      responses.map(async (door) => {
        const response = await frontDoor.invoke(door, { prompt: "waiting" });
        assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
        let text = "";
        for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
          text += chunk;
          // The agent answers once a client has seen the comment.
          if (text === ": keepalive\n\n") waiting.shift()?.req.emit("release");
        }
        assert.equal(text, ": keepalive\n\ndata: late\n\n");
      }),
    );
  });

  for (const door of ["streamingUrl", "streamingApi"] as const) {
    it(`${door} passes an answer of another type untouched`, async () => {
      const json = await frontDoor.invoke(door, { prompt: "as json" });
      assert.equal(await json.text(), '{"id": 12345678901234567890, "a": [1.10]}');
      const text = await frontDoor.invoke(door, { prompt: "as text" });
      assert.equal(text.headers.get("content-type"), "text/plain; charset=utf-8");
      assert.equal(await text.text(), "plain häh? 😀");
    });
  }

  it("bufferedApi keeps the digits of a JSON answer", async () => {
    const body = await (await frontDoor.invoke("bufferedApi", { prompt: "as json" })).text();
    assert.ok(body.includes('"response":{"id": 12345678901234567890, "a": [1.10]}'));
  });
});
