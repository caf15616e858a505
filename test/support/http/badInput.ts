import type { SendInit } from "../local/frontDoorClient";

export const JSON_HEADERS = { "content-type": "application/json" };

/** Expected at every door: status, code, and a part of the remedy. */
export const BAD_INPUT: readonly {
  title: string;
  path?: string;
  init: SendInit;
  status: number;
  code: string;
  says: RegExp;
}[] = [
  ...[
    ["an empty body", ""],
    ["no prompt", "{}"],
    ["an empty prompt", '{"prompt":""}'],
    ["a prompt that is a number", '{"prompt":1}'],
    ["a prompt that is an array of blocks", '{"prompt":[{"toolUse":{}}]}'],
    ["a prompt that is null", '{"prompt":null}'],
    ["a body that is an array", '["prompt"]'],
    ["broken JSON", '{"prompt":'],
  ].map(([title = "", body = ""]) => ({
    title,
    init: { body, headers: JSON_HEADERS },
    status: 400,
    code: "INVALID_BODY",
    says: /`prompt`.*Send/,
  })),
  ...[
    ["a session id that is too short", "short"],
    ["a session id that is too long", "x".repeat(101)],
    ["a session id with other characters", `${"x".repeat(40)}/../`],
    ["a session id that is a number", 123],
  ].map(([title, session_id]) => ({
    title: String(title),
    init: { body: JSON.stringify({ prompt: "hi", session_id }), headers: JSON_HEADERS },
    status: 400,
    code: "INVALID_SESSION_ID",
    says: /`session_id`.*33 to 100/,
  })),
  ...[70_000, 7_000_000, 11_000_000].map((size) => ({
    title: `a body of ${size} bytes`,
    init: { body: JSON.stringify({ prompt: "x".repeat(size) }), headers: JSON_HEADERS },
    status: 413,
    code: "BODY_TOO_LARGE",
    says: /body is larger than this front door accepts.*Shorten/,
  })),
  {
    title: "another content type",
    init: { body: "prompt=hi", headers: { "content-type": "application/x-www-form-urlencoded" } },
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
    says: /Content-Type: application\/json/,
  },
  {
    title: "an unknown path",
    path: "/nothing/here",
    init: { body: '{"prompt":"hi"}', headers: JSON_HEADERS },
    status: 404,
    code: "NOT_FOUND",
    says: /POST \/invoke/,
  },
  { title: "the root path", path: "/", init: { method: "GET" }, status: 404, code: "NOT_FOUND", says: /POST \/invoke/ },
  {
    title: "a wrong method on /invoke",
    init: { method: "GET" },
    status: 405,
    code: "METHOD_NOT_ALLOWED",
    says: /Send POST to \/invoke/,
  },
  {
    title: "a wrong method on /health",
    path: "/health",
    init: { method: "DELETE" },
    status: 405,
    code: "METHOD_NOT_ALLOWED",
    says: /GET to \/health/,
  },
];
