import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings, type Call } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";

/** Valid as a session id, header value, field name and path segment. */
const CANARY = `canary_${"c4n4ry".repeat(6)}`;

interface Draft {
  method: string;
  path: string;
  caller: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** Every place in which a caller can put a value. */
const FIELDS: Readonly<Record<string, (draft: Draft) => void>> = {
  prompt: ({ body }) => (body["prompt"] = `say ${CANARY}`),
  "a field's value": ({ body }) => (body["note"] = { deep: [CANARY] }),
  "a field's name": ({ body }) => (body[CANARY] = 1),
  session_id: ({ body }) => (body["session_id"] = CANARY),
  "a session_id that is none": ({ body }) => (body["session_id"] = `${CANARY}!`),
  "the caller's ARN": (draft) => (draft.caller = `arn:aws:iam::1:user/${CANARY}`),
  path: (draft) => (draft.path = `/${CANARY}`),
  "a session's path": (draft) => Object.assign(draft, { path: `/sessions/${CANARY}`, method: "DELETE" }),
  method: (draft) => (draft.method = CANARY),
  ...Object.fromEntries(
    [
      "x-tenant-id",
      "x-auth-token",
      "authorization",
      "cookie",
      "origin",
      "accept",
      "content-type",
      "user-agent",
      "referer",
      "traceparent",
      "tracestate",
      "baggage",
      "x-amzn-trace-id",
      "x-amz-security-token",
      "x-api-key",
      "x-forwarded-for",
      CANARY,
    ].map((name) => [`the header ${name}`, ({ headers }: Draft) => (headers[name] = CANARY)]),
  ),
};

type Failure = {
  readonly call?: (call: Call, draft: Draft) => Call;
  readonly agent?: (response: ServerResponse) => void;
  readonly remainingMs?: number;
};

const exception = (status: number, type: string): Failure => ({
  agent: (response) => {
    response.writeHead(status, {
      "x-amzn-errortype": type,
      "Content-Type": "application/json",
      "x-request-id": CANARY,
    });
    response.end(JSON.stringify({ message: `${CANARY} failed`, __type: type }));
  },
});
const stream = (write: (response: ServerResponse) => void): Failure => ({
  agent: (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream", "X-Canary": CANARY });
    write(response);
  },
});

/** Every way in which a request can fail. */
const FAILURES: Readonly<Record<string, Failure>> = {
  none: {},
  "broken JSON": { call: (call) => ({ ...call, body: `${call.body ?? ""}${CANARY}` }) },
  "unsafe JSON": {
    call: (call) => ({ ...call, body: (call.body ?? "").replace("{", `{"${CANARY}":1,"${CANARY}":2,`) }),
  },
  "a body that is too large": { call: (call) => ({ ...call, body: JSON.stringify({ prompt: CANARY.repeat(2_000) }) }) },
  "a prompt that is too large": {
    call: (_, draft) => ({ ...draft, body: JSON.stringify({ prompt: CANARY.repeat(500) }) }),
  },
  "a field that is denied": {
    call: (_, draft) => ({ ...draft, body: JSON.stringify({ ...draft.body, system: CANARY }) }),
  },
  "a card": {
    call: (_, draft) => ({
      ...draft,
      body: JSON.stringify({ ...draft.body, prompt: `${CANARY} 4111 1111 1111 1111` }),
    }),
  },
  "a header that cannot be carried": {
    call: (call) => ({ ...call, headers: { ...call.headers, "x-tenant-id": `${CANARY}é` } }),
  },
  "another content type": {
    call: (call) => ({ ...call, headers: { ...call.headers, "content-type": `text/${CANARY}` } }),
  },
  "an agent that is denied": exception(403, "AccessDeniedException"),
  "an agent that validates": exception(400, "ValidationException"),
  "an agent that fails": exception(424, "RuntimeClientError"),
  "an exception with a name of its own": exception(500, CANARY),
  "an exception with a long name": exception(500, `${CANARY} of ${CANARY}`),
  "an OAuth runtime": exception(401, "UnauthorizedException"),
  "an agent's page": {
    agent: (response) => response.writeHead(502, { "Content-Type": "text/html" }).end(`<p>${CANARY}</p>`),
  },
  "an agent's own error event": stream((response) => response.end(`event: error\ndata: {"error":"${CANARY}"}\n\n`)),
  "a Python agent's error": stream((response) =>
    response.end(`data: {"error": "${CANARY}", "error_type": "${CANARY}"}\n\n`),
  ),
  "a connection that breaks": stream((response) => response.write(`data: ${CANARY}\n\n`, () => response.destroy())),
  "a type that cannot be": {
    agent: (response) => response.writeHead(200, { "Content-Type": CANARY }).end(CANARY),
  },
  "an agent that is silent": { agent: () => undefined, remainingMs: 1_020 },
};

describe("a canary in every field, over every failure", () => {
  const { plane, log } = withDataPlane();
  let streaming: ReturnType<typeof streamingHandler>;
  let buffered: ReturnType<typeof bufferedHandler>;
  before(() => {
    const settings = handlerSettings({
      headerMap: { "X-Tenant-Id": "Tenant-Id" },
      payload: { deny: ["system"], maxPromptBytes: 10_000 },
      redaction: { detectors: { card: "reject", email: "mask" } },
      corsOrigins: ["https://app.example.com"],
    });
    [streaming, buffered] = [streamingHandler(settings), bufferedHandler(settings)];
  });
  let tried = 0;
  after(() => {
    console.log(`      ${tried} canaries, none in a log, an error or a metric`);
  });

  for (const [failure, { call = (each: Call) => each, agent, remainingMs }] of Object.entries(FAILURES)) {
    it(`${failure}: it is in no log, error or metric`, async () => {
      for (const [field, put] of Object.entries(FIELDS)) {
        for (const event of Object.values(EVENTS)) {
          const draft: Draft = {
            method: "POST",
            path: "/invoke",
            caller: "arn:aws:iam::1:user/u",
            headers: { "content-type": "application/json" },
            body: { prompt: "hello" },
          };
          put(draft);
          const request = call({ ...draft, body: JSON.stringify(draft.body) }, draft);
          plane.answer =
            agent ??
            ((response) => response.writeHead(200, { "Content-Type": "text/event-stream" }).end("data: ok\n\n"));
          log.lines.length = 0;

          const body = typeof request.body === "string" ? request.body : JSON.stringify(draft.body);
          const { prelude, body: streamed } = await callStreaming(streaming, event({ ...request, body }), remainingMs);
          const whole = await buffered(event({ ...request, body }), contextWith(remainingMs));
          tried += 2;

          const where = `${failure}, ${field}`;
          assert.equal(log.lines.length, 2, where);
          assert.ok(!log.lines.join("").toLowerCase().includes("c4n4ry"), where);
          if ((prelude.statusCode ?? 0) >= 400)
            assert.ok(!(streamed + JSON.stringify(prelude)).includes("c4n4ry"), where);
          if (whole.statusCode >= 400) assert.ok(!JSON.stringify(whole).includes("c4n4ry"), where);
          const error = /event: error\ndata: (\{"error":\{"code".*)/.exec(streamed)?.[1] ?? "";
          assert.ok(!error.includes("c4n4ry"), where);
        }
      }
    }).timeout(60_000);
  }
});
