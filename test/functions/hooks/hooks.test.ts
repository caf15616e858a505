import assert from "node:assert/strict";
import type { HookAnswer, HookRequest, Hooks } from "../../../contract/runtime/hooks";
import { EVENTS, type Call } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";
import { errorOf, send } from "./support";

const ARN = "arn:aws:iam::123456789012:user/ann";
const SESSION = `s-${"x".repeat(40)}`;
const JSON_BODY = { "content-type": "application/json" };
const callWith = (body: object, headers: Record<string, string> = {}): Call => ({
  headers: { ...JSON_BODY, ...headers },
  body: JSON.stringify(body),
  caller: ARN,
});
const HEADER = "x-amzn-bedrock-agentcore-runtime-custom-tenant";

describe("hooks", () => {
  const { plane, log } = withDataPlane();
  const sent = (): unknown => JSON.parse(plane.requests[0]?.body ?? "null");

  for (const [version, eventOf] of Object.entries(EVENTS)) {
    it(`beforeInvoke gets the request and its verified caller: ${version}`, async () => {
      let got: HookRequest | undefined;
      const hooks: Hooks = {
        beforeInvoke: (request) => {
          got = request;
        },
      };
      await send("streaming", eventOf(callWith({ prompt: "hello", topic: { a: [1] }, session_id: SESSION })), hooks);
      assert.ok(got);
      const { signal, caller, ...rest } = got;
      assert.deepEqual(rest, { prompt: "hello", fields: { topic: { a: [1] } }, agent: "default", sessionId: SESSION });
      assert.deepEqual([caller?.kind, caller?.subject, caller?.hash.length], ["iam", ARN, 32]);
      assert.equal(signal.aborted, false);
      assert.deepEqual(sent(), { prompt: "hello", topic: { a: [1] } });
    });
  }

  it("changes prompt, fields and headers; a header of the client with that name gives way", async () => {
    const hooks: Hooks = {
      beforeInvoke: () =>
        Promise.resolve({
          prompt: "better",
          fields: { profile: { plan: "gold" }, topic: "b", gone: undefined },
          headers: { tenant: "of-hook" },
        }),
    };
    const body = { prompt: "hello", topic: "a", gone: 1, kept: 1.5 };
    const { status } = await send("buffered", EVENTS["REST event 1.0"](callWith(body, { "x-tenant": "mine" })), hooks, {
      headerMap: { "X-Tenant": "Tenant" },
      payload: { rename: { topic: "subject" } },
    });
    assert.equal(status, 200);
    assert.deepEqual(sent(), { prompt: "better", subject: "b", kept: 1.5, profile: { plan: "gold" } });
    assert.equal(plane.requests[0]?.headers[HEADER], "of-hook");
  });

  it("keeps the id of a new session", async () => {
    let id = "";
    const hooks: Hooks = {
      beforeInvoke: ({ sessionId }) => {
        id = sessionId;
        return { fields: { a: 1 } };
      },
    };
    const { body } = await send("buffered", EVENTS["REST event 1.0"](callWith({ prompt: "hello" })), hooks);
    assert.equal((JSON.parse(body) as { session_id: string }).session_id, id);
  });

  it("refuses with its code and its text, and the log has the code only", async () => {
    const hooks: Hooks = { beforeInvoke: () => ({ refuse: "PLAN_ENDED", text: "Your plan has ended." }) };
    const seen = await send("streaming", EVENTS["REST event 1.0"](callWith({ prompt: "hello" })), hooks);
    assert.equal(seen.status, 403);
    assert.equal(errorOf(seen).code, "HOOK_REFUSED");
    assert.match(errorOf(seen).message, /`PLAN_ENDED`: Your plan has ended\./);
    assert.equal(plane.requests.length, 0);
    assert.match(log.lines[0] ?? "", /"reason":"PLAN_ENDED"/);
    assert.ok(!log.lines.join("").includes("Your plan"));
  });

  it("is not called for an invalid request, nor for a stop", async () => {
    let calls = 0;
    const hooks: Hooks = {
      beforeInvoke: () => {
        calls += 1;
      },
    };
    for (const call of [
      callWith({ prompt: "" }),
      callWith({ prompt: "hello", secret: 1 }),
      { ...callWith({}), method: "DELETE", path: `/sessions/${SESSION}` },
    ]) {
      await send("buffered", EVENTS["Function URL event 2.0"](call), hooks, { payload: { deny: ["secret"] } });
    }
    assert.equal(calls, 0);
  });

  it("adds what redaction then masks or refuses, at the hook's own fields too", async () => {
    const hooks: Hooks = { beforeInvoke: () => ({ fields: { note: "mail ann@example.com" } }) };
    const event = EVENTS["REST event 1.0"](callWith({ prompt: "hello" }));
    const redaction = (email: string) => ({ redaction: { fields: ["prompt", "note"], detectors: { email } } });
    await send("buffered", event, hooks, redaction("mask"));
    assert.deepEqual(sent(), { prompt: "hello", note: "mail [email]" });
    assert.equal(errorOf(await send("buffered", event, hooks, redaction("reject"))).code, "SENSITIVE_DATA");
  });

  it("sees the fields that come from headers, and can remove one", async () => {
    let fields: unknown;
    const hooks: Hooks = {
      beforeInvoke: (request) => {
        ({ fields } = request);
        return { fields: { tenant: undefined } };
      },
    };
    const event = EVENTS["REST event 1.0"](callWith({ prompt: "hello" }, { "X-Tenant": "blue" }));
    await send("buffered", event, hooks, { headerFields: { "X-Tenant": "tenant" } });
    assert.deepEqual(fields, { tenant: "blue" });
    assert.deepEqual(sent(), { prompt: "hello" });
  });

  it("keeps a field of a header that clients may not send", async () => {
    const event = EVENTS["REST event 1.0"](callWith({ prompt: "hello" }, { "X-Tenant": "blue" }));
    const policy = { headerFields: { "X-Tenant": "tenant" }, payload: { allow: ["topic"] } };
    const hooks: Hooks = { beforeInvoke: () => ({ fields: { topic: "a" } }) };
    assert.equal((await send("buffered", event, hooks, policy)).status, 200);
    assert.deepEqual(sent(), { prompt: "hello", tenant: "blue", topic: "a" });
  });

  for (const door of ["buffered", "streaming"] as const) {
    it(`onAnswer gets status, times and usage before the ${door} handler ends`, async () => {
      const answers: HookAnswer[] = [];
      const hooks: Hooks = {
        onAnswer: async (answer) => {
          await Promise.resolve();
          answers.push(answer);
        },
      };
      plane.streams('data: {"metadata":{"usage":{"inputTokens":3,"outputTokens":5}}}\n\n');
      await send(door, EVENTS["REST event 1.0"](callWith({ prompt: "hello", session_id: SESSION })), hooks);
      await send(door, EVENTS["REST event 1.0"](callWith({ prompt: "" })), hooks);
      const [good, bad] = answers;
      assert.deepEqual([good?.status, good?.code, good?.agent, good?.sessionId], [200, undefined, "default", SESSION]);
      assert.deepEqual(good?.usage, { input: 3, output: 5 });
      assert.ok(good.bytes > 0 && good.durationMs >= 0 && (good.firstByteMs ?? -1) >= 0);
      assert.equal(good.caller?.subject, ARN);
      assert.deepEqual([bad?.status, bad?.code, bad?.firstByteMs], [400, "INVALID_BODY", undefined]);
    });
  }
});
