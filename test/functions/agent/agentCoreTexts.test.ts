import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AGENT_CORE_TEXTS, type Repeat, type RuntimeAnswer } from "../../../contract/wire/agentCoreTexts";
import { ERRORS, type CatalogueEntry } from "../../../contract/wire/errors";
import type { DoorName } from "../../../contract/wire/doors";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { streamingHandler } from "../../../functions/handler/streamingHandler";
import { callStreaming, contextWith, EVENTS, handlerSettings } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

type Settings = ReturnType<typeof handlerSettings>;

const REST = EVENTS["REST event 1.0"];
const URL_EVENT = EVENTS["Function URL event 2.0"];

const streamed = async (settings: Settings, event: unknown): Promise<Got> => {
  const { prelude, body } = await callStreaming(streamingHandler(settings), event);
  return { status: prelude.statusCode ?? 0, headers: prelude.headers ?? {}, body };
};

/** Sends a request through the function of a door. */
const DOORS: Readonly<Record<DoorName, (settings: Settings, call: Parameters<typeof REST>[0]) => Promise<Got>>> = {
  bufferedApi: async (settings, call) => {
    const { statusCode, headers, body } = await bufferedHandler(settings)(REST(call), contextWith());
    return { status: statusCode, headers: headers ?? {}, body };
  },
  streamingApi: (settings, call) => streamed(settings, REST(call)),
  streamingUrl: (settings, call) => streamed(settings, URL_EVENT(call)),
};

const ATTEMPTS: Readonly<Record<Repeat, (attempts: number) => boolean>> = {
  safe: (attempts) => attempts > 1,
  later: (attempts) => attempts === 1,
  once: (attempts) => attempts === 1,
  never: (attempts) => attempts === 1,
};

/** Other forms in which a runtime may say that it has the other kind of authorization. */
const MISMATCHES = [
  "The agent is configured for SigV4 but request used OAuth",
  "The agent is configured for OAuth, but the request used SigV4.",
  "the agent is configured for oauth but your request used sigv4",
  "Authorization method mismatch",
];

describe("the error texts of AgentCore", () => {
  const { plane, log } = withDataPlane();
  const { random } = Math;
  beforeEach(() => {
    // No pause between attempts: this is tested elsewhere.
    Math.random = () => 0;
  });
  afterEach(() => {
    Math.random = random;
  });

  const ask = async (door: DoorName, runtimeAuth: "sigv4" | "oauth", { status, exception, message }: RuntimeAnswer) => {
    plane.answer = (response) => {
      const type = exception === "" ? {} : { "x-amzn-errortype": exception };
      response.writeHead(status, { "Content-Type": "application/json", ...type }).end(JSON.stringify({ message }));
    };
    const got = await DOORS[door](handlerSettings({ runtimeAuth }), {
      headers: { "Content-Type": "application/json", "X-Auth-Token": "Bearer a.eyJzdWIiOiJhbm4iLCJpc3MiOiJpIn0.b" },
      body: JSON.stringify({ prompt: "hello" }),
    });
    assert.equal(log.lines.length, 1);
    assert.ok(!got.body.includes(message), "AgentCore's text stays inside");
    assert.ok(!log.lines.join("").includes(message), "also in the log");
    const { error } = JSON.parse(got.body) as { error: { code: string; message: string } };
    return { ...got, ...error, attempts: plane.requests.length };
  };

  it("can be found in docs/errors.md, each with its source", () => {
    const page = readFileSync("docs/errors.md", "utf8");
    for (const { text, source } of AGENT_CORE_TEXTS)
      assert.ok(page.includes(`\`${text}\``) && page.includes(source), text);
  });

  for (const door of ["bufferedApi", "streamingApi", "streamingUrl"] as const) {
    for (const runtimeAuth of ["sigv4", "oauth"] as const) {
      for (const { text, door: atDoor } of AGENT_CORE_TEXTS) {
        if (!atDoor) continue;
        it(`${door}, ${runtimeAuth}, ${text}: its code, and ${atDoor.repeat}`, async () => {
          const got = await ask(door, runtimeAuth, atDoor.answer);
          const entry: CatalogueEntry = ERRORS[atDoor.code[runtimeAuth]];
          assert.equal(got.code, atDoor.code[runtimeAuth]);
          assert.equal(got.status, entry.status);
          assert.ok(ATTEMPTS[atDoor.repeat](got.attempts), `${got.attempts} attempts`);
          const waits = atDoor.repeat === "safe" || atDoor.repeat === "later";
          assert.equal(typeof got.headers["Retry-After"], waits ? "string" : "undefined");
          assert.equal(got.headers["Retry-After"], entry.retryAfterSeconds?.toString());
          const asksToRepeat = atDoor.repeat !== "never" || got.code === "TOKEN_REFUSED";
          if (!asksToRepeat) assert.doesNotMatch(got.message, /send the request again/i);
        });
      }

      for (const message of MISMATCHES) {
        it(`${door}, ${runtimeAuth}, ${message}: the other kind of authorization`, async () => {
          const { code } = await ask(door, runtimeAuth, { status: 403, exception: "AccessDeniedException", message });
          assert.equal(code, runtimeAuth === "sigv4" ? "RUNTIME_WANTS_OAUTH" : "RUNTIME_WANTS_SIGV4");
        });
      }

      for (const [own, expected] of [
        [400, "AGENT_INPUT_INVALID"],
        [404, "AGENT_INPUT_INVALID"],
        [415, "AGENT_INPUT_INVALID"],
        [408, "AGENT_ERROR"],
        [429, "AGENT_ERROR"],
        [502, "AGENT_ERROR"],
      ] as const) {
        it(`${door}, ${runtimeAuth}: the agent's own ${own} is ${expected}, also as AgentCore's 403`, async () => {
          const message = `Received error (${own}) from runtime. Please check your CloudWatch logs for more information`;
          for (const status of [424, 403]) {
            plane.requests.length = log.lines.length = 0;
            const got = await ask(door, runtimeAuth, { status, exception: "RuntimeClientError", message });
            assert.deepEqual([got.status, got.code, got.attempts], [502, expected, 1]);
            assert.equal((JSON.parse(log.lines[0] ?? "") as { agent_status?: number }).agent_status, own);
          }
        });
      }
    }
  }
});
