import assert from "node:assert/strict";
import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { ERRORS } from "../../../contract/wire/errors";
import { RUNTIME_SESSION_HEADER } from "../../../contract/wire/headers";
import type { PolicyConfig } from "../../../contract/config/keys/policy";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, type DataPlane, EVENTS, handlerSettings } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";
import { events } from "./badInputs/events";
import * as requests from "./badInputs/requests";
import {
  LEAK,
  breaks,
  exceptions,
  impostors,
  injections,
  strangers,
  types,
  type BadAnswer,
} from "./badInputs/upstream";

const ORIGIN = "https://app.example.com";
const POLICY: PolicyConfig = { headerMap: { "X-Tenant-Id": "Tenant-Id" }, corsOrigins: [ORIGIN] };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Handle = (event: unknown) => Promise<Answer>;

/** Checks what is true of every answer to any input. */
function assertSound({ status, headers, body }: Answer, title: string): void {
  assert.equal(headers["Cache-Control"], "no-store, no-transform", title);
  assert.equal(headers["X-Request-Id"], "lambda-request-id", title);
  for (const [name, value] of Object.entries(headers)) {
    assert.match(name, /^[A-Za-z-]+$/, title);
    assert.match(value, /^[\x20-\x7e]*$/, title);
  }
  assert.ok(!("Set-Cookie" in headers), title);
  if (status === 200) return;
  const { error } = JSON.parse(body) as { error: { code: string; message: string; request_id: string } };
  const known = ERRORS[error.code as keyof typeof ERRORS];
  assert.equal(known.status, status, title);
  assert.ok(error.message.startsWith(known.message) && error.message.endsWith(known.remedy), title);
  assert.doesNotMatch(body, /arn:aws|\b\d{12}\b|\bat .*[(/]|evil-value/, title);
}

describe("bad inputs", () => {
  const { plane, log } = withDataPlane();
  let handlers: Readonly<Record<"streaming" | "buffered", Handle>>;
  let tried = 0;

  before(() => {
    const [streaming, buffered] = [streamingHandler(handlerSettings(POLICY)), bufferedHandler(handlerSettings(POLICY))];
    handlers = {
      streaming: async (event) => {
        const { prelude, body } = await callStreaming(streaming, event);
        return { status: prelude.statusCode ?? 0, headers: prelude.headers ?? {}, body };
      },
      buffered: async (event) => {
        const { statusCode, headers = {}, body } = await buffered(event, contextWith());
        return { status: statusCode, headers: headers as Record<string, string>, body };
      },
    };
  });
  after(() => {
    console.log(
      `      ${tried} fixed bad inputs, each at both handlers and, where it is a request, in both event versions`,
    );
    assert.ok(tried >= 1_500);
  });
  beforeEach(() => {
    plane.streams('data: {"text":"ok"}\n\n');
  });

  const run = async (handle: Handle, event: unknown, title: string): Promise<Answer> => {
    plane.requests.length = 0;
    log.lines.length = 0;
    const answer = await handle(event);
    assertSound(answer, title);
    assert.equal(log.lines.length, 1, title);
    assert.doesNotMatch(log.lines[0] ?? "", /evil|leak|arn:aws|6\.6\.6\.6/, title);
    return answer;
  };

  for (const [threat, cases] of Object.entries(requests)) {
    it(`${threat}: ${cases.length} requests are refused, or do no harm`, async () => {
      for (const { title, call, codes } of cases) {
        tried++;
        for (const [version, event] of Object.entries(EVENTS)) {
          for (const [name, handle] of Object.entries(handlers)) {
            const where = `${threat}, ${version}, ${name}: ${title}`;
            const { status, headers, body } = await run(handle, event(call), where);
            if (codes) {
              const { error } = JSON.parse(body) as { error: { code: string } };
              assert.ok(codes.includes(error.code), `${where}: ${error.code}`);
              assert.equal(plane.requests.length, 0, where);
              continue;
            }
            assert.equal(status, 200, where);
            assert.equal(headers["Access-Control-Allow-Origin"], undefined, where);
            assertAgentUnharmed(plane, where);
          }
        }
      }
      assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
    });
  }

  it(`events: ${events.length} events are refused`, async () => {
    for (const { title, event } of events) {
      tried++;
      for (const [name, handle] of Object.entries(handlers)) {
        const { body } = await run(handle, event, `${name}: ${title}`);
        assert.equal(
          (JSON.parse(body) as { error: { code: string } }).error.code,
          "INVALID_EVENT",
          `${name}: ${title}`,
        );
        assert.equal(plane.requests.length, 0);
      }
    }
  });

  const ask = EVENTS["REST event 1.0"]({ headers: { "Content-Type": "application/json" }, body: '{"prompt":"hi"}' });
  const codeIn = (text: string): string | undefined => /"code":"([A-Z_0-9]+)"/.exec(text)?.[1];

  const upstream = async (cases: readonly BadAnswer[]): Promise<void> => {
    for (const { title, answer, streaming, collected } of cases) {
      tried++;
      plane.answer = answer;
      const streamed = await run(handlers.streaming, ask, title);
      assert.equal(codeIn(streamed.body), streaming, title);
      assert.ok(!streamed.body.includes(LEAK.slice(0, 20)), title);
      const whole = await run(handlers.buffered, ask, title);
      assert.equal(codeIn(whole.body), collected, title);
      assert.notEqual(streamed.headers["X-Session-Id"], "forged", title);
    }
  };

  /** Removes the door's pauses between attempts, which are tested elsewhere. */
  const withoutPauses = async (test: () => Promise<void>): Promise<void> => {
    const { random } = Math;
    Math.random = () => 0;
    try {
      await test();
    } finally {
      Math.random = random;
    }
  };

  it("exceptions: the table has every one that the SDK models", async () => {
    const sdk = (await import("@aws-sdk/client-bedrock-agentcore")) as unknown as Record<
      string,
      { prototype?: unknown }
    >;
    const { BedrockAgentCoreServiceException: Base } = await import("@aws-sdk/client-bedrock-agentcore");
    const modelled = Object.keys(sdk).filter((name) => sdk[name]?.prototype instanceof Base);
    assert.ok(modelled.length >= 10);
    for (const name of modelled)
      assert.ok(
        exceptions.some(({ title }) => title.includes(` ${name}:`)),
        name,
      );
  });
  it(`exceptions: ${exceptions.length} are named by the catalogue, and nothing of theirs gets out`, () =>
    withoutPauses(() => upstream(exceptions)));
  it(`strangers: ${strangers.length} error replies of another shape are named by their status`, () =>
    withoutPauses(() => upstream(strangers)));
  it(`types: ${types.length} content types are passed on, or replaced`, async () => {
    await upstream(types);
  });
  it(`impostors: ${impostors.length} headers of the agent stay behind`, async () => {
    await upstream(impostors);
  });
  it(`breaks: ${breaks.length} broken answers end with an event, or a status`, async () => {
    await upstream(breaks);
  });

  it(`injections: ${injections.length} event streams reach the client as they are`, async () => {
    for (const { title, answer } of injections) {
      tried++;
      let sent = Buffer.alloc(0);
      plane.answer = (response) => {
        const end = response.end.bind(response) as (chunk: string) => typeof response;
        response.end = ((chunk: string) => {
          sent = Buffer.from(chunk);
          return end(chunk);
        }) as typeof response.end;
        answer(response);
      };
      const { status, body } = await run(handlers.streaming, ask, title);
      assert.equal(status, 200);
      assert.equal(body, sent.toString(), title);
      assert.deepEqual(dataOf(body), dataOf(sent.toString()), title);
      await run(handlers.buffered, ask, title);
    }
  });

  describe("properties", () => {
    const anything = fc.anything({ maxDepth: 4, withNullPrototype: true, withBigInt: false });

    it("no event makes a handler throw, hang or answer out of shape", async () => {
      await fc.assert(
        fc.asyncProperty(anything, fc.constantFrom("streaming", "buffered"), async (event, name) => {
          await run(handlers[name], event, "anything");
        }),
        { numRuns: 1_000 },
      );
    });

    it("no request makes a handler throw, hang or answer out of shape", async () => {
      const text = fc.string({ unit: "binary", maxLength: 40 });
      const call = fc.record({
        method: fc.constantFrom("POST", "GET", "DELETE", "OPTIONS"),
        path: fc.oneof(fc.constantFrom("/invoke", "/health", "/sessions/x"), text),
        headers: fc.dictionary(
          fc.oneof(fc.constantFrom("content-type", "accept", "origin", "x-tenant-id"), text),
          text,
        ),
        body: fc.oneof(
          fc.json(),
          text,
          fc.json().map((json) => `{"prompt":"x","y":${json}}`),
        ),
        isBase64Encoded: fc.boolean(),
        caller: text,
      });
      await fc.assert(
        fc.asyncProperty(call, fc.constantFrom(...Object.values(EVENTS)), async (each, version) => {
          for (const handle of Object.values(handlers)) await run(handle, version(each), JSON.stringify(each));
        }),
        { numRuns: 1_000 },
      );
    });

    it("two callers never share a session, whatever they are called and whatever handle they send", async () => {
      const { runtimeSessionId } = await import("../../../functions/request/caller/session.js");
      const caller = fc.option(
        fc.record({ kind: fc.constantFrom("iam", "apiKey", "jwt", "authorizer"), id: fc.string() }),
        { nil: undefined },
      );
      const who = fc.tuple(caller, fc.option(fc.string(), { nil: undefined }), fc.string());
      fc.assert(
        fc.property(who, who, (a, b) => {
          const [first, second] = [
            runtimeSessionId(...(a as Parameters<typeof runtimeSessionId>)),
            runtimeSessionId(...(b as Parameters<typeof runtimeSessionId>)),
          ];
          assert.equal(first === second, JSON.stringify(a) === JSON.stringify(b));
          assert.match(first, /^fd-[0-9a-f]{64}$/);
        }),
        { numRuns: 2_000 },
      );
    });
  });
});

/** Checks that the agent got what the door made, and nothing that the caller forged. */
function assertAgentUnharmed(plane: DataPlane, title: string): void {
  const [request, ...more] = plane.requests;
  assert.ok(request && more.length === 0, title);
  assert.match(
    request.url,
    /^\/runtimes\/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A123456789012%3Aruntime%2Fmy_agent-a1b2c3d4e5\/invocations\?qualifier=DEFAULT$/,
    title,
  );
  assert.match(String(request.headers[RUNTIME_SESSION_HEADER.toLowerCase()]), /^fd-[0-9a-f]{64}$/, title);
  assert.equal(request.headers["content-type"], "application/json", title);
  assert.equal(request.headers.accept, "text/event-stream, application/json", title);
  assert.equal(request.headers["x-amzn-bedrock-agentcore-runtime-user-id"], undefined, title);
  assert.doesNotMatch(JSON.stringify(request.headers), /evil|6\.6\.6\.6|169\.254/, title);
}

function dataOf(text: string): string[] {
  const found: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => found.push(data) });
  parser.feed(text);
  return found;
}
