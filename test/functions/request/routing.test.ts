import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { AgentRoute } from "../../../contract/runtime/agents";
import { ENVIRONMENT } from "../../../contract/runtime/environment";
import { bufferedHandler } from "../../../functions/handler/bufferedHandler";
import { endpointOf, routed } from "../../../functions/request/route";
import { runtimeSessionId } from "../../../functions/request/caller/session";
import { readHandlerSettings, type HandlerSettings } from "../../../functions/handler/settings";
import { captureLog } from "../../support/handlers/captureLog";
import { RUNTIME_ARN } from "../../support/program/components";
import { contextWith, DataPlane, EVENTS, handlerSettings, type Call } from "../../support/handlers/handlers";

const OTHER = RUNTIME_ARN.replace("my_agent", "other_agent");
const HANDLE = "h".repeat(40);
const route = (weight: number): AgentRoute => ({
  runtimeArn: RUNTIME_ARN,
  qualifier: "DEFAULT",
  canary: { qualifier: "next", weight },
});

describe("routing to agents", () => {
  const plane = new DataPlane();
  const log = captureLog();
  before(() => plane.start());
  after(() => plane.stop());
  beforeEach(() => {
    plane.requests.length = 0;
    plane.streams('data: {"text":"ok"}\n\n');
    log.start();
  });
  afterEach(() => {
    log.stop();
  });

  const settings = (change: Partial<HandlerSettings> = {}): HandlerSettings => ({
    ...handlerSettings(),
    agents: new Map([["other", { runtimeArn: OTHER, qualifier: "live", canary: undefined }]]),
    ...change,
  });
  const send = async (call: Call, change: Partial<HandlerSettings> = {}) => {
    const event = EVENTS["REST event 1.0"]({ caller: "arn:aws:iam::1:user/u", ...call });
    const { statusCode, body } = await bufferedHandler(settings(change))(event, contextWith());
    const called = plane.requests.map(({ url }) => decodeURIComponent(url));
    return { status: statusCode, body, called };
  };
  const logged = () => JSON.parse(log.lines[0] ?? "{}") as Record<string, unknown>;
  const ask = (path: string, body: object = { prompt: "hi" }): Call => ({
    path,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  it("calls the endpoint of the agent in the path", async () => {
    const { status, called } = await send(ask("/agents/other/invoke"));
    assert.equal(status, 200);
    assert.deepEqual(called, [`/runtimes/${OTHER}/invocations?qualifier=live`]);
    const line = logged();
    assert.equal(line["agent"], "other");
    assert.equal(line["qualifier"], "live");
    assert.match(JSON.stringify(line["_aws"]), /\["function","door","agent","qualifier"\]/);
  });

  it("calls the default agent at /invoke, and counts by agent only where there are several", async () => {
    const { called } = await send(ask("/invoke"), { agents: new Map() });
    assert.deepEqual(called, [`/runtimes/${RUNTIME_ARN}/invocations?qualifier=DEFAULT`]);
    const line = logged();
    assert.equal(line["agent"], "default");
    assert.doesNotMatch(JSON.stringify(line["_aws"]), /qualifier/);
  });

  it("stops a session at its agent", async () => {
    plane.answer = (response) => response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    const { status, called } = await send({ method: "DELETE", path: `/agents/other/sessions/${HANDLE}` });
    assert.equal(status, 200);
    assert.deepEqual(called, [`/runtimes/${OTHER}/stopruntimesession?qualifier=live`]);
  });

  for (const [title, path] of [
    ["a name that nobody configured", "/agents/nobody/invoke"],
    ["a name that objects know", "/agents/constructor/invoke"],
    ["an ARN", `/agents/${encodeURIComponent(OTHER)}/invoke`],
    ["another spelling", "/agents/Other/invoke"],
  ] as const) {
    it(`answers ${title} with AGENT_NOT_FOUND, and calls nobody`, async () => {
      const { status, body, called } = await send(ask(path));
      assert.equal(status, 404);
      assert.match(body, /"AGENT_NOT_FOUND".*\/agents\/\{name\}\/invoke/);
      assert.doesNotMatch(body, /other/, "names are not listed");
      assert.deepEqual(called, []);
      assert.equal(logged()["agent"], undefined);
    });
  }

  it("answers /invoke and /sessions/{id} with AGENT_NOT_FOUND where there is no default agent", async () => {
    for (const call of [ask("/invoke"), { method: "DELETE", path: `/sessions/${HANDLE}` }]) {
      const { status, body, called } = await send(call, { defaultAgent: undefined });
      assert.equal(status, 404);
      assert.match(body, /AGENT_NOT_FOUND/);
      assert.deepEqual(called, []);
    }
  });

  it("finds a bad body before an unknown agent, as API Gateway's validator does", async () => {
    const { body } = await send(ask("/agents/nobody/invoke", { prompt: "" }));
    assert.match(body, /INVALID_BODY/);
  });

  it("takes the same methods at the paths of named agents", async () => {
    const get = await send({ method: "GET", path: "/agents/other/invoke" });
    assert.equal(get.status, 405);
    const post = await send({ method: "POST", path: `/agents/other/sessions/${HANDLE}` });
    assert.equal(post.status, 405);
  });

  for (const path of [
    "/agents",
    "/agents/other",
    "/agents/other/health",
    "/agents/other/invoke/more",
    "/agents//invoke",
  ]) {
    it(`does not know ${path}`, async () => {
      const { status, body, called } = await send(ask(path));
      assert.equal(status, 404);
      assert.match(body, /"NOT_FOUND"/);
      assert.deepEqual(called, []);
    });
  }

  it("knows no sessions to stop where the stack does not let callers, and calls nobody", async () => {
    for (const method of ["DELETE", "GET"]) {
      for (const path of [`/sessions/${HANDLE}`, `/agents/other/sessions/${HANDLE}`]) {
        const { status, body, called } = await send({ method, path }, { stopSession: false });
        assert.equal(status, 404);
        assert.match(body, /"NOT_FOUND"/);
        assert.deepEqual(called, []);
      }
    }
  });

  it("stops a session at the endpoint that it has met", async () => {
    const met = new Set<string>();
    for (let index = 0; index < 40; index++) {
      const handle = `${HANDLE}-${index}`;
      const qualifiers: string[] = [];
      for (const call of [
        ask("/invoke", { prompt: "hi", session_id: handle }),
        { method: "DELETE", path: `/sessions/${handle}` },
      ]) {
        plane.requests.length = 0;
        const { called } = await send(call, { defaultAgent: route(50) });
        qualifiers.push(called[0]?.split("qualifier=")[1] ?? "");
      }
      assert.equal(qualifiers[0], qualifiers[1]);
      met.add(qualifiers[0] ?? "");
    }
    assert.deepEqual([...met].sort(), ["DEFAULT", "next"]);
  });
});

describe("the endpoint of a session", () => {
  const sessions = Array.from({ length: 20_000 }, (_, index) => runtimeSessionId(undefined, undefined, String(index)));

  for (const weight of [1, 10, 50, 99]) {
    it(`is the canary's for ${weight} % of the sessions`, () => {
      const share =
        sessions.filter((id) => endpointOf(route(weight), id).qualifier === "next").length / sessions.length;
      const p = weight / 100;
      // Five standard deviations of a binomial distribution; the ids are the same in every run.
      assert.ok(Math.abs(share - p) < 5 * Math.sqrt((p * (1 - p)) / sessions.length), String(share));
    });
  }

  it("stays the canary's while the weight grows", () => {
    for (const id of sessions.slice(0, 2_000)) {
      const canary = [1, 5, 20, 50, 99].map((weight) => endpointOf(route(weight), id).qualifier === "next");
      assert.deepEqual(canary, [...canary].sort(), id);
    }
  });
});

describe("sessions of agents", () => {
  it("are never another agent's, caller's or subject's", () => {
    const who = fc.tuple(
      fc.option(fc.record({ kind: fc.constantFrom("iam", "jwt"), id: fc.string() }), { nil: undefined }),
      fc.option(fc.string(), { nil: undefined }),
      fc.string(),
      fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { nil: undefined }),
    );
    fc.assert(
      fc.property(who, who, (a, b) => {
        const [first, second] = [a, b].map((each) =>
          runtimeSessionId(...(each as Parameters<typeof runtimeSessionId>)),
        );
        assert.equal(first === second, JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 2_000 },
    );
  });

  it("of the default agent have the ids that they had before there were others", () => {
    const caller = { kind: "iam", subject: "u", id: "arn:aws:iam::1:user/u" } as const;
    assert.equal(
      runtimeSessionId(caller, undefined, HANDLE),
      `fd-${createHash("sha256")
        .update(JSON.stringify(["iam", caller.id, HANDLE]))
        .digest("hex")}`,
    );
  });
});

describe("paths of agents", () => {
  it("never name an agent with a slash in it", () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const { agent } = routed(`/agents${path}`);
        assert.ok(agent === undefined || !agent.includes("/"));
      }),
    );
  });
});

describe("settings of a handler with agents", () => {
  const env = {
    [ENVIRONMENT.runtimeArn]: "",
    [ENVIRONMENT.qualifier]: "DEFAULT",
    [ENVIRONMENT.canary]: "[]",
    [ENVIRONMENT.agents]: JSON.stringify({ other: [OTHER, "live"] }),
    [ENVIRONMENT.stopSession]: "false",
    [ENVIRONMENT.door]: "streamingApi",
    [ENVIRONMENT.marginMs]: "1000",
  };

  it("need no default agent, but then another one", () => {
    assert.throws(() => readHandlerSettings({ ...env, [ENVIRONMENT.agents]: "{}" }), /AGENT_RUNTIME_ARN/);
    // All variables are read before the policy file, which is missing here.
    assert.throws(() => readHandlerSettings({ ...env, LAMBDA_TASK_ROOT: "/nowhere" }), /policy\.json/);
  });

  for (const [name, value] of [
    [ENVIRONMENT.canary, '["next",100]'],
    [ENVIRONMENT.canary, ""],
    [ENVIRONMENT.agents, "[]"],
    [ENVIRONMENT.agents, '{"other":["arn","live"]}'],
    [ENVIRONMENT.stopSession, "yes"],
    [ENVIRONMENT.runtimeArn, `${RUNTIME_ARN}/runtime-endpoint/x`],
  ] as const) {
    it(`refuse ${name}=${value}`, () => {
      assert.throws(() => readHandlerSettings({ ...env, [name]: value }), new RegExp(name));
    });
  }
});
