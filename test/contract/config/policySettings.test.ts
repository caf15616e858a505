import assert from "node:assert/strict";
import { corsHeaders, preflightTemplate } from "../../../contract/wire/cors";
import { validatePolicy } from "../../../contract/config/validate/policy";
import { doorPolicy, type PolicyConfig } from "../../../contract/config/keys/policy";

const PREFIX = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";
const headers = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`X-H${i}`, `H${i}`]));

const GOOD: readonly PolicyConfig[] = [
  {},
  { runtimeAuth: "oauth" },
  { headerMap: { "X-Tenant-Id": "Tenant-Id", "x-user": `${PREFIX}User`, "X-Lower": `${PREFIX.toLowerCase()}lower` } },
  { headerMap: headers(20) },
  { payload: { allow: [] } },
  { payload: { allow: ["a", "prompt"], deny: ["b"], rename: { prompt: "inputText", a: "c" }, maxPromptBytes: 1 } },
  { payload: { rename: { a: "b", b: "a" } } },
  { payload: { deny: ["system", "System"], rename: { x: "y", X: "Y" } } },
  { redaction: { fields: ["prompt", "x"], detectors: { email: "mask", card: "reject", ipv4: "off" } } },
  {
    redaction: {
      patterns: [
        { name: "ticket", pattern: "TCK-[0-9]+" },
        { name: "b", pattern: "(a+)+!", action: "reject" },
      ],
    },
  },
  { corsOrigins: ["https://app.example.com", "http://localhost:3000"] },
];

/** Invalid values of any type, as YAML allows them. */
const BAD: readonly [config: object, says: RegExp][] = [
  [{ runtimeAuth: "none" }, /`runtimeAuth` is "none"\. Use sigv4, or oauth/],
  [{ headerMap: headers(21) }, /`headerMap` has 21 entries.*20 headers.*remove 1/],
  [{ headerMap: { "X Tenant": "T" } }, /`headerMap` maps "X Tenant", which is not a header name/],
  [{ headerMap: { "X-Tenänt": "T" } }, /not a header name/],
  [{ headerMap: { "": "T" } }, /not a header name/],
  ...[
    "Authorization",
    "cookie",
    "X-Api-Key",
    "x-amz-date",
    "X-Amzn-Bedrock-AgentCore-Runtime-User-Id",
    "X-Auth-Token",
    "Host",
    "Content-Type",
    "Transfer-Encoding",
  ].map((name): [object, RegExp] => [
    { headerMap: { [name]: "T" } },
    /belongs to AWS, to HTTP or to the caller's own proof/,
  ]),
  [{ headerMap: { "X-T": "a b" } }, /`headerMap\.X-T` is "a b"\. Use the name that follows/],
  [{ headerMap: { "X-T": "" } }, /`headerMap\.X-T` is ""/],
  [{ headerMap: { "X-T": PREFIX } }, /`headerMap\.X-T` is/],
  [{ headerMap: { "X-T": "T\r\nX-Evil: 1" } }, /`headerMap\.X-T`/],
  [{ headerMap: { "X-T": "x".repeat(300) } }, /256 characters in all/],
  [{ headerMap: { "X-T": "X-Amzn-Bedrock-AgentCore-Runtime-User-Id" } }, /no other x-amz header/],
  [{ headerMap: { "X-T": "x-amz-date" } }, /no other x-amz header/],
  [{ headerMap: { "X-T": 1 } }, /`headerMap\.X-T` is not a text/],
  [{ headerMap: { "X-T": "A", "x-t": "B" } }, /names the client header "x-t" twice/],
  [{ headerMap: { "X-T": "A", "X-U": `${PREFIX}a` } }, /names the runtime header ".*a" twice/],
  [{ payload: { allow: "a" } }, /`payload\.allow` is "a"\. Use a list of field names/],
  [{ payload: { deny: [1] } }, /`payload\.deny` is \[1\]\. Use a list/],
  [{ payload: { allow: ["session_id"] } }, /`payload\.allow` names "session_id"/],
  [{ payload: { deny: ["prompt"] } }, /`payload\.deny` names "prompt"/],
  [{ payload: { deny: ["a", "a"] } }, /names the field "a" twice/],
  [{ payload: { rename: ["a"] } }, /`payload\.rename` is \["a"\]\. Use a map/],
  [{ payload: { rename: { a: 1 } } }, /`payload\.rename` is \{"a":.*\. Use a map/],
  [{ payload: { rename: { a: "" } } }, /`payload\.rename` is \{"a":.*\. Use a map/],
  [{ payload: { rename: { session_id: "s" } } }, /renames "session_id"/],
  [{ payload: { rename: { a: "prompt" } } }, /`payload\.rename\.a` is "prompt", which is taken/],
  [{ payload: { rename: { a: "__proto__" } } }, /is taken/],
  [{ payload: { rename: { a: "x", b: "x" } } }, /names the new name "x" twice/],
  [{ payload: { maxPromptBytes: 0 } }, /`payload\.maxPromptBytes` is 0.*1 to 65536/],
  [{ payload: { maxPromptBytes: 65537 } }, /65536/],
  [{ maxBodyBytes: 100_000, payload: { maxPromptBytes: 100_001 } }, /1 to 100000 \(.*`maxBodyBytes`/],
  [{ maxBodyBytes: 1023 }, /`maxBodyBytes` is 1023\. Use a whole number from 1024 to 6225920 \(.*6 MB.*S3/],
  [{ maxBodyBytes: 6_225_921 }, /`maxBodyBytes` is 6225921\. Use a whole number/],
  [{ maxBodyBytes: 2000.5 }, /`maxBodyBytes` is 2000\.5\./],
  [{ payload: { maxPromptBytes: "10" } }, /`payload\.maxPromptBytes` is "10"/],
  [{ payload: { allowed: [] } }, /`payload\.allowed` does not exist.*Use allow, deny, rename, maxPromptBytes/],
  [{ redaction: { fields: [] } }, /`redaction\.fields` is \[\]\. Use a list/],
  [{ redaction: { fields: "prompt" } }, /`redaction\.fields` is "prompt"\. Use a list/],
  [{ redaction: { detectors: { mail: "mask" } } }, /`redaction\.detectors\.mail` does not exist.*Use awsKey.*email/],
  [{ redaction: { detectors: { email: "hide" } } }, /`redaction\.detectors\.email` is "hide"\. Use off, mask, reject/],
  [{ redaction: { detectors: { email: true } } }, /`redaction\.detectors\.email` is true\. Use/],
  [{ redaction: { detector: {} } }, /`redaction\.detector` does not exist/],
  [{ redaction: { patterns: {} } }, /`redaction\.patterns` is \{\}\. Use a list/],
  [{ redaction: { patterns: ["x"] } }, /`redaction\.patterns\[0\]` is "x"\. Use \{ name, pattern, action \}/],
  [{ redaction: { patterns: [null] } }, /`redaction\.patterns\[0\]`/],
  [{ redaction: { patterns: [{ pattern: "x" }] } }, /`redaction\.patterns\[0\]\.name` is missing\. Use/],
  [{ redaction: { patterns: [{ name: "a b", pattern: "x" }] } }, /`redaction\.patterns\[0\]\.name` is "a b"/],
  [{ redaction: { patterns: [{ name: "email", pattern: "x" }] } }, /no built-in detector's name/],
  [{ redaction: { patterns: [{ name: "a", pattern: "x", action: "drop" }] } }, /\.action` is "drop"/],
  [{ redaction: { patterns: [{ name: "a", pattern: "" }] } }, /\.pattern` is "": it must be a text that is not empty/],
  [{ redaction: { patterns: [{ name: "a", pattern: "x*" }] } }, /matches the empty text/],
  [{ redaction: { patterns: [{ name: "a", pattern: "(" }] } }, /\.pattern` is "\(".*RE2 syntax/],
  [{ redaction: { patterns: [{ name: "a", pattern: "(?=x)y" }] } }, /no look-around and no back-references/],
  [{ redaction: { patterns: [{ name: "a", pattern: "(?<!x)y" }] } }, /no look-around/],
  [{ redaction: { patterns: [{ name: "a", pattern: "(x)\\1" }] } }, /no back-references/],
  [
    {
      redaction: {
        patterns: [
          { name: "a", pattern: "x" },
          { name: "A", pattern: "y" },
        ],
      },
    },
    /names the pattern "A" twice/,
  ],
  [{ corsOrigins: "https://a.example" }, /`corsOrigins` is "https:\/\/a\.example"\. Use a list of exact origins/],
  ...[
    "*",
    "null",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://*.example.com",
    "https://APP.example.com",
    "https://app.example.com:443",
    "ftp://app.example.com",
    "https://user@app.example.com",
    "https://a'b.example.com",
    'https://a"b.example.com',
    "https://a.example.com#x",
    `https://${"a".repeat(300)}.example`,
  ].map((origin): [object, RegExp] => [{ corsOrigins: [origin] }, /`corsOrigins` contains .*exact origins such as/]),
  [{ corsOrigins: ["https://a.example", "https://a.example"] }, /names the origin "https:\/\/a\.example" twice/],
  [
    { corsOrigins: Array.from({ length: 101 }, (_, i) => `https://a${i}.example`) },
    /`corsOrigins` has 101 entries\. A Function URL accepts 100/,
  ],
];

describe("the policy of the doors", () => {
  for (const config of GOOD) {
    it(`takes ${JSON.stringify(config).slice(0, 80)}`, () => {
      assert.deepEqual([...validatePolicy(config)], []);
    });
  }
  for (const [config, says] of BAD) {
    it(`refuses ${JSON.stringify(config).slice(0, 100)}`, () => {
      const mistakes = [...validatePolicy(config)];
      assert.ok(
        mistakes.some((mistake) => says.test(mistake)),
        mistakes.join("\n"),
      );
    });
  }

  it("fills its defaults in", () => {
    const { runtimeAuth, headerMap, payload, redaction, corsOrigins } = doorPolicy({});
    assert.deepEqual(
      { runtimeAuth, headerMap, payload, corsOrigins, fields: redaction.fields, patterns: redaction.patterns },
      {
        runtimeAuth: "sigv4",
        headerMap: {},
        payload: { deny: [], rename: {}, maxPromptBytes: 65536 },
        corsOrigins: [],
        fields: ["prompt"],
        patterns: [],
      },
    );
    assert.ok(Object.values(redaction.detectors).every((action) => action === "off"));
  });

  it("puts the prefix before a runtime header once", () => {
    assert.deepEqual(doorPolicy({ headerMap: { "X-A": "A", "X-B": `${PREFIX.toLowerCase()}B` } }).headerMap, {
      "x-a": `${PREFIX}A`,
      "x-b": `${PREFIX}B`,
    });
  });
});

describe("CORS headers", () => {
  const allowed = ["https://app.example.com", "http://localhost:3000"];
  for (const origin of allowed) {
    it(`let ${origin} in, and say that they vary`, () => {
      assert.deepEqual(corsHeaders(origin, allowed), {
        Vary: "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "X-Session-Id, X-Request-Id, Retry-After",
      });
    });
  }
  for (const origin of [
    undefined,
    "",
    "null",
    "*",
    "https://app.example.com.evil.example",
    "https://evilapp.example.com",
    "https://app.example.com:8443",
    "http://app.example.com",
    "HTTPS://APP.EXAMPLE.COM",
    "https://app.example.com/",
    "https://app.example.com,https://evil.example",
    " https://app.example.com",
  ]) {
    it(`keep ${String(origin)} out`, () => {
      assert.deepEqual(corsHeaders(origin, allowed), { Vary: "Origin" });
    });
  }
  it("are none where the door does not do CORS", () => {
    assert.deepEqual(corsHeaders("https://app.example.com", []), {});
  });
  it("need no template for one origin", () => {
    assert.equal(preflightTemplate(["https://app.example.com"]), "");
    assert.match(preflightTemplate(allowed), /\$origin == "http:\/\/localhost:3000"/);
  });
});
