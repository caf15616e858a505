import assert from "node:assert/strict";
import type { PolicyConfig } from "../../../contract/config/keys/policy";
import type { HookRequest } from "../../../contract/runtime/hooks";
import { EVENTS, type Call } from "../../support/handlers/handlers";
import { withDataPlane } from "../../support/handlers/withDataPlane";
import { errorOf, send } from "./support";

const SECRET = "hunter2";
const CALL: Call = { headers: { "content-type": "application/json" }, body: '{"prompt":"hello","topic":"a"}' };
const POLICY: PolicyConfig = {
  callerHeader: { name: "Caller" },
  headerMap: { "X-Tenant": "Tenant" },
  payload: { deny: ["forbidden"], maxPromptBytes: 100 },
};

const circular: Record<string, unknown> = {};
circular["self"] = circular;
const never = new Promise<never>(() => undefined);
const returns = (value: unknown) => ({ beforeInvoke: () => value });

/** Each way, with the code that the client gets and the reason in the log. */
const WAYS: readonly (readonly [
  title: string,
  hooks: object | (() => Promise<object>),
  code: string,
  reason: RegExp,
])[] = [
  [
    "throws an error that quotes a secret",
    {
      beforeInvoke: () => {
        throw new TypeError(SECRET);
      },
    },
    "HOOK_FAILED",
    /^beforeInvoke threw$/,
  ],
  ["rejects", { beforeInvoke: () => Promise.reject(new RangeError(SECRET)) }, "HOOK_FAILED", /threw/],
  [
    "throws a text",
    {
      beforeInvoke: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a hook in JavaScript can
        throw SECRET;
      },
    },
    "HOOK_FAILED",
    /threw/,
  ],
  [
    "throws nothing",
    {
      beforeInvoke: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a hook in JavaScript can
        throw undefined;
      },
    },
    "HOOK_FAILED",
    /threw/,
  ],
  [
    "throws an error with a name that is a secret",
    {
      beforeInvoke: () => {
        throw Object.assign(new Error(), { name: SECRET });
      },
    },
    "HOOK_FAILED",
    /threw/,
  ],
  ["never answers", { beforeInvoke: () => never }, "HOOK_TIMEOUT", /took too long/],
  [
    "blocks",
    {
      beforeInvoke: () => {
        for (;;);
      },
    },
    "HOOK_TIMEOUT",
    /took too long/,
  ],
  [
    "blocks before its first await",
    {
      beforeInvoke: async () => {
        for (;;) if (SECRET === ("" as string)) await never;
      },
    },
    "HOOK_TIMEOUT",
    /took too long/,
  ],
  ["cannot be loaded", () => Promise.reject(new SyntaxError(SECRET)), "HOOK_FAILED", /module cannot be loaded/],
  ["never loads", () => never, "HOOK_TIMEOUT", /module took too long/],
  ["is not a function", { beforeInvoke: {} }, "HOOK_FAILED", /not a function/],
  ["has an onAnswer that is not a function", { onAnswer: "x" }, "HOOK_FAILED", /not a function/],
  ["returns a text", returns(SECRET), "HOOK_FAILED", /not an object/],
  ["returns true", returns(true), "HOOK_FAILED", /not an object/],
  ["returns a list", returns([{ fields: {} }]), "HOOK_FAILED", /not an object/],
  ["returns a function", returns(() => ({})), "HOOK_FAILED", /not an object/],
  ["returns a misspelt member", returns({ field: { a: 1 } }), "HOOK_FAILED", /unknown member/],
  ["returns fields that are a list", returns({ fields: ["a"] }), "HOOK_FAILED", /fields is not an object/],
  ["returns a prompt that is a number", returns({ prompt: 1 }), "HOOK_FAILED", /prompt is not a string/],
  ["returns an empty prompt", returns({ prompt: "" }), "HOOK_FAILED", /INVALID_BODY/],
  ["returns a prompt that is too large", returns({ prompt: "x".repeat(101) }), "HOOK_FAILED", /PROMPT_TOO_LARGE/],
  ["returns a prompt among the fields", returns({ fields: { prompt: "x" } }), "HOOK_FAILED", /prompt or session_id/],
  ["returns a session id", returns({ fields: { session_id: "x".repeat(40) } }), "HOOK_FAILED", /prompt or session_id/],
  ["returns a denied field", returns({ fields: { forbidden: 1 } }), "HOOK_FAILED", /FIELD_NOT_ALLOWED/],
  [
    "returns a body that is too large",
    returns({ fields: { big: "x".repeat(70_000) } }),
    "HOOK_FAILED",
    /BODY_TOO_LARGE/,
  ],
  ["returns a circle", returns({ fields: circular }), "HOOK_FAILED", /threw/],
  ["returns a BigInt", returns({ fields: { n: 1n } }), "HOOK_FAILED", /threw/],
  ["returns NaN", returns({ fields: { n: NaN } }), "HOOK_FAILED", /threw/],
  ["returns a function in a field", returns({ fields: { f: () => 1 } }), "HOOK_FAILED", /threw/],
  ["returns an integer that JSON cannot carry", returns({ fields: { n: 2 ** 60 } }), "HOOK_FAILED", /UNSAFE_JSON/],
  ["returns half a character", returns({ fields: { t: "\ud83e" } }), "HOOK_FAILED", /UNSAFE_JSON/],
  [
    "returns __proto__",
    returns({ fields: JSON.parse('{"__proto__":{"a":1}}') as object }),
    "HOOK_FAILED",
    /UNSAFE_JSON/,
  ],
  [
    "returns a getter that throws",
    returns({
      get fields() {
        throw new Error(SECRET);
      },
    }),
    "HOOK_FAILED",
    /threw/,
  ],
  [
    "returns a toJSON that blocks",
    returns({
      fields: {
        a: {
          toJSON: () => {
            for (;;);
          },
        },
      },
    }),
    "HOOK_TIMEOUT",
    /took too long/,
  ],
  ["returns the caller's header", returns({ headers: { Caller: "mallory" } }), "HOOK_FAILED", /callerHeader/],
  [
    "returns the caller's header in full, in another case",
    returns({ headers: { "x-amzn-bedrock-agentcore-runtime-custom-CALLER": "mallory" } }),
    "HOOK_FAILED",
    /callerHeader/,
  ],
  [
    "returns the session header of AgentCore",
    returns({ headers: { "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id": "x" } }),
    "HOOK_FAILED",
    /name is not allowed/,
  ],
  [
    "returns the user id header of AgentCore",
    returns({ headers: { "x-amzn-bedrock-agentcore-runtime-user-id": "x" } }),
    "HOOK_FAILED",
    /name is not allowed/,
  ],
  ["returns a header name with a colon", returns({ headers: { "A: b": "x" } }), "HOOK_FAILED", /name is not allowed/],
  [
    "returns a header with a new line",
    returns({ headers: { A: "x\r\nB: y" } }),
    "HOOK_FAILED",
    /value is not printable/,
  ],
  ["returns a header that is a number", returns({ headers: { A: 1 } }), "HOOK_FAILED", /value is not printable/],
  [
    "returns a header that is too long",
    returns({ headers: { A: "x".repeat(5000) } }),
    "HOOK_FAILED",
    /value is not printable/,
  ],
  ["returns a header twice", returns({ headers: { "A-B": "x", a_b: "y" } }), "HOOK_FAILED", /one name/],
  [
    "returns too many headers",
    returns({ headers: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`A${n}`, "x"])) }),
    "HOOK_FAILED",
    /too many headers/,
  ],
  ["refuses with a code in lower case", returns({ refuse: "no", text: "No." }), "HOOK_FAILED", /not a code/],
  ["refuses without a text", returns({ refuse: "NO" }), "HOOK_FAILED", /text of a refusal/],
  ["refuses with a text of two lines", returns({ refuse: "NO", text: "a\nb" }), "HOOK_FAILED", /text of a refusal/],
];

describe("a hook that misbehaves", () => {
  const { plane, log } = withDataPlane();

  it("does so in at least thirty ways", () => {
    assert.ok(WAYS.length >= 30, String(WAYS.length));
    console.log(`      ${WAYS.length} ways`);
  });

  for (const [title, hooks, code, reason] of WAYS) {
    it(`${title}: ${code} at every door, and the agent is not asked`, async () => {
      for (const [door, version] of [
        ["buffered", "REST event 1.0"],
        ["streaming", "REST event 1.0"],
        ["streaming", "Function URL event 2.0"],
      ] as const) {
        log.lines.length = 0;
        const seen = await send(door, EVENTS[version](CALL), hooks, POLICY);
        assert.equal(errorOf(seen).code, code, seen.body);
        assert.equal(seen.status, code === "HOOK_TIMEOUT" ? 504 : 500);
        assert.equal(plane.requests.length, 0);
        const [line = ""] = log.lines;
        const { reason: logged, code: loggedCode } = JSON.parse(line) as { reason?: string; code?: string };
        assert.equal(loggedCode, code);
        assert.match(logged ?? "", reason);
        assert.ok(
          !log.lines.join("").includes(SECRET) && !seen.body.includes(SECRET),
          "the secret is in log or answer",
        );
      }
    });
  }

  it("changes its copy of the request, and nothing else", async () => {
    const beforeInvoke = ({ fields }: HookRequest) => {
      (fields as Record<string, unknown>)["topic"] = "changed";
    };
    assert.equal((await send("buffered", EVENTS["REST event 1.0"](CALL), { beforeInvoke })).status, 200);
    assert.deepEqual(JSON.parse(plane.requests[0]?.body ?? ""), { prompt: "hello", topic: "a" });
  });

  for (const [title, onAnswer] of [
    [
      "throws",
      () => {
        throw new Error(SECRET);
      },
    ],
    ["never ends", () => never],
  ] as const) {
    it(`${title} in onAnswer: the answer stays, and the log has a line about it`, async () => {
      const { status } = await send("streaming", EVENTS["REST event 1.0"](CALL), { onAnswer });
      assert.equal(status, 200);
      const lines = log.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.deepEqual(
        lines.map(({ message }) => message),
        ["request", "hook"],
      );
      assert.match(String(lines[1]?.["reason"]), /^onAnswer (?:threw|took too long)$/);
      assert.ok(!log.lines.join("").includes(SECRET));
    });
  }
});
