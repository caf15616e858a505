import assert from "node:assert/strict";
import { doorPolicy, type PayloadConfig } from "../../../contract/config/keys/policy";
import { payloadRefusal, renamed } from "../../../functions/request/translate";

const policy = (payload: PayloadConfig) => doorPolicy({ payload }).payload;

/** Config, body, and the fields that the refusal names; undefined if the body is accepted. */
const CASES: readonly (readonly [config: PayloadConfig, body: Record<string, unknown>, says?: RegExp])[] = [
  [{}, { prompt: "hi", anything: 1 }],
  [{ deny: ["a"] }, { prompt: "hi", a: 1 }, /`a`/],
  [{ deny: ["a"] }, { prompt: "hi", A: 1 }],
  [{ deny: ["a"], allow: ["a"] }, { prompt: "hi", a: 1 }, /`a`/],
  [{ deny: ["a"], rename: { a: "b" } }, { prompt: "hi", a: 1 }, /`a`/],
  [{ deny: ["b"], rename: { a: "b", b: "c" } }, { prompt: "hi", b: 1 }, /`b`/],
  [{ rename: { a: "b" } }, { prompt: "hi", b: 1 }, /`b`/],
  [{ rename: { a: "b" } }, { prompt: "hi", a: 1 }],
  [{ rename: { a: "b", b: "a" } }, { prompt: "hi", a: 1, b: 2 }],
  [{ rename: { prompt: "inputText" } }, { prompt: "hi", inputText: "evil" }, /`inputText`/],
  [{ allow: ["a"] }, { prompt: "hi", b: 1 }, /`prompt`, `session_id`, `a` only/],
  [{ allow: [] }, { prompt: "hi" }],
  [{ allow: ["a"] }, { prompt: "hi", toString: 1 }, /`a` only/],
  [{ deny: ["constructor"] }, { prompt: "hi" }],
];

describe("the payload policy", () => {
  for (const [config, body, says] of CASES) {
    it(`${says ? "refuses" : "takes"} ${JSON.stringify(body)} under ${JSON.stringify(config)}`, () => {
      const refusal = payloadRefusal(body, policy(config));
      if (says) assert.match(refusal?.detail ?? "", says);
      else assert.equal(refusal, undefined);
    });
  }

  it("renames, also in a ring", () => {
    assert.deepEqual(
      renamed({ prompt: "hi", a: 1, b: 2, c: 3 }, policy({ rename: { a: "b", b: "a", prompt: "text" } })),
      {
        text: "hi",
        b: 1,
        a: 2,
        c: 3,
      },
    );
  });
});
