import { RUNTIME_SESSION_HEADER } from "../../../../contract/wire/headers";
import { MAX_BODY_BYTES } from "../../../../contract/aws/limits";
import type { Call } from "../../../support/handlers/handlers";

/** A hostile or malformed request. */
export interface BadRequest {
  readonly title: string;
  readonly call: Call;
  /** Accepted codes of the refusal; undefined if the request is served and must do no harm. */
  readonly codes?: readonly string[];
}

const JSON_HEADERS = { "Content-Type": "application/json" };
const json = (body: unknown, headers: Record<string, string> = {}): Call => ({
  headers: { ...JSON_HEADERS, ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const GOOD = { prompt: "hello" };

const spellings = (name: string): string[] => [
  name,
  name.toLowerCase(),
  name.toUpperCase(),
  name.replaceAll("-", "_"),
  `${name} `,
  ` ${name}`,
  name.replace(/[aeiou]/g, (vowel) => vowel.toUpperCase()),
];

const RESERVED = [
  RUNTIME_SESSION_HEADER,
  "X-Amzn-Bedrock-AgentCore-Runtime-User-Id",
  "X-Amzn-Bedrock-AgentCore-Runtime-Custom-Role",
  "X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant-Id",
  "X-Amzn-Bedrock-AgentCore-Runtime-Request-Id",
  "X-Amz-Bedrock-AgentCore-Identity-Wat",
  "WorkloadAccessToken",
  "OAuth2CallbackUrl",
  "Mcp-Session-Id",
  "Mcp-Protocol-Version",
  "X-Amz-Security-Token",
  "X-Amz-Date",
  "X-Amz-Target",
  "X-Amz-Content-Sha256",
  "X-Amz-User-Agent",
  "X-Amzn-RequestId",
  "X-Amzn-Oidc-Data",
  "X-Amzn-Oidc-Identity",
  "Amz-Sdk-Request",
  "Authorization",
  "Proxy-Authorization",
  "Cookie",
  "Host",
  "Transfer-Encoding",
  "Connection",
  "Expect",
  "Upgrade",
  "X-HTTP-Method-Override",
  "X-Method-Override",
  "__proto__",
  "constructor",
  "hasOwnProperty",
];

/** 3: headers with a meaning for AWS, in every spelling. */
export const headers: readonly BadRequest[] = RESERVED.flatMap((name) =>
  [...new Set(spellings(name))].flatMap((spelling) =>
    ["evil-value", "evil, evil-value"].map((value) => ({
      title: `${JSON.stringify(spelling)}: ${value}`,
      call: json(GOOD, { [spelling]: value }),
    })),
  ),
);

/** 3: a malformed trace must not reach the agent, and must not fail the request. */
export const traces: readonly BadRequest[] = [
  ["traceparent", "evil-value"],
  ["traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01"],
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"],
  ["traceparent", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
  ["traceparent", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"],
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-evil-value"],
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, evil-value"],
  ["tracestate", "evil-value"],
  ["tracestate", "e".repeat(513)],
  ["baggage", "évil-value"],
  ["baggage", `evil-value${"x".repeat(8192)}`],
  ["baggage", "evil-value\r\nx-evil: 1"],
  ["X-Amzn-Trace-Id", "evil-value"],
  ["X-Amzn-Trace-Id", `Root=${"evil-value".repeat(20)}`],
  ["X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678 evil-value"],
].map(([name = "", value = ""]) => ({ title: `${name}: ${value.slice(0, 60)}`, call: json(GOOD, { [name]: value }) }));

/** 3: values that are invalid in a mapped header. */
export const mapped: readonly BadRequest[] = [
  "x".repeat(4097),
  "x".repeat(100_000),
  "a\r\nX-Evil: 1",
  "a\nb",
  "a\rb",
  "a\0b",
  "\u007f",
  "é",
  "ü",
  "😀",
  "\u2028",
  "a\u0085b",
  "\ud800",
  "Ａ",
].map((value) => ({
  title: `x-tenant-id: ${JSON.stringify(value.slice(0, 20))}`,
  call: json(GOOD, { "X-Tenant-Id": value }),
  codes: ["INVALID_HEADER"],
}));

const HANDLES: readonly unknown[] = [
  "",
  "a",
  "x".repeat(32),
  "x".repeat(101),
  "x".repeat(256),
  "x".repeat(60_000),
  ...[
    ...Array.from(" .:/\\%+=?#&;,@!$'\"<>()[]{}|^~`*\0\n\r\t\u007f"),
    "é",
    "😀",
    "\u2028",
    "Ａ",
    "\ufeff",
    "\u202e",
  ].map((character) => `${"x".repeat(20)}${character}${"x".repeat(20)}`),
  `${"../".repeat(12)}etc`,
  "session-00000000-0000-0000-0000-000000000000\n",
  1,
  1e40,
  true,
  false,
  [],
  ["x".repeat(40)],
  {},
  { $ne: null },
];

/** 4: invalid session ids. */
export const sessions: readonly BadRequest[] = [
  ...HANDLES.map((session_id) => ({
    title: `session_id ${JSON.stringify(session_id).slice(0, 50)}`,
    call: json({ ...GOOD, session_id }),
    codes: ["INVALID_SESSION_ID"],
  })),
  ...HANDLES.filter((handle): handle is string => typeof handle === "string" && handle !== "").map((handle) => ({
    title: `DELETE /sessions/${JSON.stringify(handle).slice(0, 40)}`,
    call: { method: "DELETE", path: `/sessions/${handle}` },
    codes: ["INVALID_SESSION_ID", "NOT_FOUND"],
  })),
];

/** 5: another caller's name, in any field. */
export const impostors: readonly BadRequest[] = [
  "runtimeUserId",
  "user_id",
  "userId",
  "runtimeSessionId",
  "runtime_session_id",
  "sessionId",
  "caller",
  "principalId",
  "requestContext",
  "identity",
  "authorizer",
  "claims",
].flatMap((field) =>
  ["evil-value", { sub: "evil-value" }].map((value) => ({
    title: `${field}: ${JSON.stringify(value)}`,
    call: json({ ...GOOD, [field]: value }),
  })),
);

const NOT_TEXTS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  [],
  {},
  [""],
  ["hi"],
  [["hi"]],
  [{ text: "hi" }],
  { text: "hi" },
  { role: "user", content: "hi" },
  [{ role: "system", content: "evil" }],
  [{ toolUse: { toolUseId: "1", name: "shell", input: { command: "id" } } }],
  { toolUse: { name: "shell" } },
  [{ toolResult: { toolUseId: "1", content: [{ text: "ok" }] } }],
  [{ image: { format: "png", source: { bytes: "AA==" } } }],
  [{ document: { source: { s3Location: { uri: "s3://evil" } } } }],
  [{ cachePoint: { type: "default" } }],
  [{ guardContent: { text: { text: "x" } } }],
  [{ text: "hi" }, { toolUse: { name: "x" } }],
  { toString: "hi" },
  { valueOf: 1 },
  { length: 2, 0: "h", 1: "i" },
  "",
];

/** 6: prompts that are not text, and bodies that are not a request. */
export const prompts: readonly BadRequest[] = [
  ...NOT_TEXTS.map((prompt) => ({
    title: `prompt ${JSON.stringify(prompt).slice(0, 60)}`,
    call: json({ prompt }),
    codes: ["INVALID_BODY"],
  })),
  ...NOT_TEXTS.map((prompt) => ({
    title: `prompt twice, the second ${JSON.stringify(prompt).slice(0, 40)}`,
    call: json(`{"prompt":"hi","prompt":${JSON.stringify(prompt)}}`),
    codes: ["INVALID_BODY"],
  })),
  ...["Prompt", "PROMPT", "prompt ", " prompt", "prompt\0", "рrompt", "input", "message", "messages", "text"].map(
    (name) => ({
      title: `${JSON.stringify(name)} instead of prompt`,
      call: json({ [name]: "hi" }),
      codes: ["INVALID_BODY"],
    }),
  ),
  ...[
    "null",
    "true",
    "1",
    '"prompt"',
    "[]",
    '["prompt"]',
    '[{"prompt":"hi"}]',
    "",
    " ",
    "\0",
    "undefined",
    "NaN",
    "{",
    "}",
    "{}",
    '{"prompt"}',
    '{"prompt":}',
    '{"prompt":"hi"',
    '{"prompt":"hi",}',
    '{"prompt":"hi"}}',
    '{"prompt":"hi"}{"prompt":"x"}',
    '{"prompt":"hi"}\0',
    "{'prompt':'hi'}",
    '{prompt:"hi"}',
    '{"prompt":hi}',
    '{"prompt":"hi\n"}',
    '{"prompt":"h\\i"}',
    '{"prompt":"\\u12"}',
    '{"prompt":"\\u{41}"}',
    '{"prompt":01}',
    '{"prompt":"hi"/**/}',
    '//\n{"prompt":"hi"}',
    '\ufeff{"prompt":"hi"}',
    "prompt=hi",
    "<prompt>hi</prompt>",
    '--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nhi\r\n--x--',
    'data: {"prompt":"hi"}\n\n',
  ].map((body) => ({ title: `body ${JSON.stringify(body).slice(0, 50)}`, call: json(body), codes: ["INVALID_BODY"] })),
];

const deep = (levels: number, open: string, close: string) =>
  `{"prompt":"hi","x":${open.repeat(levels)}1${close.repeat(levels)}}`;

/** 8: too large, too deep, too many. */
export const sizes: readonly BadRequest[] = [
  ...[1, 2, 100, 1_000, 65_536, 1_000_000, 6_000_000].map((over) => ({
    title: `a body ${over} bytes too large`,
    call: json({ prompt: "x".repeat(MAX_BODY_BYTES - 12 + over - 1) }),
    codes: ["BODY_TOO_LARGE"],
  })),
  ...["é", "€", "😀"].map((character) => ({
    title: `a body of ${character} that is too large in bytes only`,
    call: json({ prompt: character.repeat(40_000) }),
    codes: ["BODY_TOO_LARGE"],
  })),
  ...[32, 33, 50, 100, 500, 1_000, 5_000, 10_000].flatMap((levels) =>
    (
      [
        ["[", "]"],
        ['{"a":', "}"],
        ['[{"a":', "}]"],
      ] as const
    )
      .filter(([open, close]) => (open.length + close.length) * levels < MAX_BODY_BYTES - 100)
      .map(([open, close]) => ({
        title: `${levels} levels of ${open}${close}`,
        call: json(deep(levels, open, close)),
        codes: ["UNSAFE_JSON"],
      })),
  ),
  ...[50_000, 100_000, 1_000_000].map((levels) => ({
    title: `${levels} brackets`,
    call: json("[".repeat(levels)),
    codes: ["INVALID_BODY", "BODY_TOO_LARGE"],
  })),
  ...[10, 100, 1_000, 5_000].map((count) => ({
    title: `${count} headers`,
    call: json(GOOD, Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-h${i}`, "evil-value"]))),
  })),
  ...[1_000, 10_000, 100_000].map((length) => ({
    title: `a path of ${length} characters`,
    call: { ...json(GOOD), path: `/${"a".repeat(length)}` },
    codes: ["NOT_FOUND"],
  })),
  ...["gzip", "br", "deflate", "zstd", "gzip, gzip"].map((encoding) => ({
    title: `a body that calls itself ${encoding}`,
    call: { headers: { ...JSON_HEADERS, "Content-Encoding": encoding }, body: "\u001f\u008b\b\0evil" },
    codes: ["INVALID_BODY"],
  })),
  ...["0", "-1", "1e9", "99999999999", "abc"].map((length) => ({
    title: `Content-Length: ${length}`,
    call: json(GOOD, { "Content-Length": length }),
  })),
];

const base64 = (bytes: Buffer): Call => ({
  headers: JSON_HEADERS,
  body: bytes.toString("base64"),
  isBase64Encoded: true,
});
const around = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from(bytes), Buffer.from('"}')]);

/** 9: bytes that are not UTF-8, and base64 that is not base64. */
export const encodings: readonly BadRequest[] = [
  ...Array.from({ length: 0x40 }, (_, i) => [0x80 + i]),
  ...[0xc0, 0xc1, 0xf5, 0xf8, 0xfc, 0xfe, 0xff].map((byte) => [byte]),
  [0xc3],
  [0xc3, 0x28],
  [0xe2, 0x82],
  [0xe2, 0x28, 0xa1],
  [0xe2, 0x82, 0x28],
  [0xf0, 0x9f, 0x98],
  [0xf0, 0x28, 0x8c, 0xbc],
  [0xf0, 0x90, 0x28, 0xbc],
  [0xf0, 0x28, 0x8c, 0x28],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xc1, 0xbf],
  [0xe0, 0x9f, 0xbf],
  [0xf0, 0x8f, 0xbf, 0xbf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xbf, 0xbf],
  [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
]
  .map((bytes): BadRequest => ({
    title: `bytes ${Buffer.from(bytes).toString("hex")}`,
    call: base64(around(...bytes)),
    codes: ["INVALID_BODY"],
  }))
  .concat(
    [
      Buffer.from('{"prompt":"hi"}', "utf16le"),
      Buffer.from('\ufeff{"prompt":"hi"}', "utf16le"),
      Buffer.from('\ufeff{"prompt":"hi"}'),
      Buffer.from([0]),
      Buffer.alloc(8),
      Buffer.from([0x1f, 0x8b, 8, 0]),
    ].map((bytes) => ({
      title: `a body of ${bytes.toString("hex").slice(0, 30)}`,
      call: base64(bytes),
      codes: ["INVALID_BODY"],
    })),
    ["", "=", "====", "!", "e", "eyJ", '{"prompt":"hi"}', "%7B%7D", "e30=", "W10=", "bnVsbA=="].map((body) => ({
      title: `base64 ${JSON.stringify(body)}`,
      call: { headers: JSON_HEADERS, body, isBase64Encoded: true },
      codes: ["INVALID_BODY"],
    })),
    [Buffer.from('{"prompt":"hi"}').toString("base64"), "eyJwcm9tcHQiOiJoaSJ9", "==="].map((body) => ({
      title: `base64 that is not announced: ${body}`,
      call: json(body),
      codes: ["INVALID_BODY"],
    })),
  );

const TARGETS = [
  "arn:aws:bedrock-agentcore:us-east-1:999999999999:runtime/evil-a1b2c3d4e5",
  "arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/my_agent-a1b2c3d4e5/runtime-endpoint/evil",
  "http://169.254.169.254/latest/meta-data/",
  "http://[fd00:ec2::254]/",
  "http://evil.example@127.0.0.1/",
  "//evil.example/",
  "../../../evil",
  "..%2f..%2fevil",
  "evil%0d%0aHost:%20evil.example",
  "evil\r\nHost: evil.example",
  "file:///etc/passwd",
  "http://127.0.0.1。nip.io/",
];
const TARGET_FIELDS = [
  "agentRuntimeArn",
  "runtimeArn",
  "qualifier",
  "region",
  "endpoint",
  "endpointUrl",
  "accountId",
  "url",
  "host",
  "contentType",
  "accept",
];

/** 12: another target, in fields, headers, paths and queries. */
export const targets: readonly BadRequest[] = [
  ...TARGET_FIELDS.flatMap((field) =>
    TARGETS.map((value) => ({ title: `${field}: ${JSON.stringify(value)}`, call: json({ ...GOOD, [field]: value }) })),
  ),
  ...[
    "X-Runtime-Arn",
    "X-Qualifier",
    "Host",
    "X-Forwarded-Host",
    "X-Original-Url",
    "X-Rewrite-Url",
    "Forwarded",
    "Origin",
    "Referer",
  ].flatMap((name) =>
    TARGETS.slice(0, 6).map((value) => ({ title: `${name}: ${value}`, call: json(GOOD, { [name]: value }) })),
  ),
  ...[
    "/invoke/",
    "//invoke",
    "/invoke/..",
    "/./invoke",
    "/invoke;x",
    "/invoke%00",
    "/invoke\0",
    "/INVOKE",
    "/invoke?qualifier=evil",
    "/invoke#x",
    "/invoke/x.css",
    "/invocations",
    "/runtimes/evil/invocations",
    "/ping",
    "/health/../invoke",
    "/healthz",
    "/sessions",
    "/sessions/",
    "/sessions/a/b",
    `/sessions/${"x".repeat(40)}/..`,
    "/../invoke",
    "/%69nvoke",
    "\\invoke",
    "invoke",
    "",
    "*",
    "http://evil.example/invoke",
    "/\u202einvoke",
  ].map((path) => ({
    title: `path ${JSON.stringify(path).slice(0, 40)}`,
    call: { ...json(GOOD), path },
    codes: ["NOT_FOUND", "METHOD_NOT_ALLOWED", "INVALID_SESSION_ID"],
  })),
  ...["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post", "", "POST "].map(
    (method) => ({
      title: `method ${JSON.stringify(method)}`,
      call: { ...json(GOOD), method },
      codes: ["METHOD_NOT_ALLOWED"],
    }),
  ),
  ...["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].map((method) => ({
    title: `method ${method} on /health`,
    call: { method, path: "/health" },
    codes: ["METHOD_NOT_ALLOWED"],
  })),
  ...[
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/jsonx",
    "text/json",
    "application/json-patch+json",
    "application/problem+json",
    "application/json, text/plain",
    "",
    "*/*",
    "json",
  ].map((type) => ({
    title: `Content-Type: ${type}`,
    call: { ...json(GOOD), headers: { "Content-Type": type } },
    codes: ["UNSUPPORTED_MEDIA_TYPE"],
  })),
];

/** 15: origins that look like one of the list. */
export const origins: readonly BadRequest[] = [
  "null",
  "*",
  "https://app.example.com.evil.example",
  "https://evil-app.example.com",
  "https://evilapp.example.com",
  "https://app.example.co",
  "https://app.example.comm",
  "https://app-example.com",
  "https://app.example.com:443",
  "https://app.example.com:8443",
  "http://app.example.com",
  "https://APP.example.com",
  "HTTPS://app.example.com",
  "https://app.example.com/",
  "https://app.example.com/path",
  "https://app.example.com?x",
  "https://app.example.com#x",
  "https://user@app.example.com",
  "https://app.example.com@evil.example",
  "https://evil.example/https://app.example.com",
  "https://evil.example?https://app.example.com",
  "https://evil.example#https://app.example.com",
  "https://app.example.com,https://evil.example",
  "https://evil.example,https://app.example.com",
  "https://app.example.com https://evil.example",
  "https://app.example.com\0.evil.example",
  "https://app.example.com%00.evil.example",
  "https://app。example。com",
  "https://аpp.example.com",
  "https://app.example.com\u200b",
  "file://",
  "data:text/html,x",
  "javascript:alert(1)",
  "chrome-extension://abcdef",
  "app.example.com",
  "//app.example.com",
  "https:app.example.com",
  "https://sub.app.example.com",
  "https://.app.example.com",
  "https://app.example.com.",
  "https://app.example.com..",
  "https://[::1]",
  "https://127.0.0.1",
  "http://localhost:3000",
  "https://localhost",
  "undefined",
  "true",
  "[object Object]",
  "__proto__",
  "constructor",
  "includes",
  "length",
  "0",
  "https://app.example.com\t",
  "\thttps://app.example.com",
  "https://app.example.com\u00a0",
  "https://ａpp.example.com",
  "https://app.example.com:0",
  "https://app.example.com:99999",
  "wss://app.example.com",
].map((origin) => ({ title: `Origin: ${JSON.stringify(origin)}`, call: json(GOOD, { Origin: origin }) }));

/** 18: addresses and callers that only AWS may set. */
export const addresses: readonly BadRequest[] = [
  "X-Forwarded-For",
  "X-Real-IP",
  "True-Client-IP",
  "CF-Connecting-IP",
  "CloudFront-Viewer-Address",
  "Forwarded",
  "X-Client-IP",
  "X-Cluster-Client-IP",
  "Via",
  "X-Forwarded-User",
  "X-Remote-User",
  "X-Authenticated-User",
].flatMap((name) =>
  ["6.6.6.6", "evil-value"].map((value) => ({ title: `${name}: ${value}`, call: json(GOOD, { [name]: value }) })),
);

const POLLUTIONS = ['{"polluted":true}', "null", "1", '"x"', "[]"];

/** 19: attempts to change a prototype. */
export const prototypes: readonly BadRequest[] = POLLUTIONS.flatMap((value) =>
  [
    `{"prompt":"hi","__proto__":${value}}`,
    `{"__proto__":${value},"prompt":"hi"}`,
    `{"prompt":"hi","a":{"__proto__":${value}}}`,
    `{"prompt":"hi","a":[{"b":{"__proto__":${value}}}]}`,
    `{"prompt":"hi","\\u005f\\u005fproto\\u005f\\u005f":${value}}`,
    `{"prompt":"hi","constructor":{"prototype":${value}}}`,
    `{"prompt":"hi","a":{"constructor":{"prototype":${value}}}}`,
    `{"prompt":"hi","session_id":"${"x".repeat(40)}","__proto__":${value}}`,
  ].map((body) => ({ title: body.slice(0, 70), call: json(body), codes: ["UNSAFE_JSON"] })),
);
