import type { ServerResponse } from "node:http";

/** An answer of an agent, or of a server that replaces it. */
export interface BadAnswer {
  readonly title: string;
  readonly answer: (response: ServerResponse) => void;
  /** Expected codes of a streamed and of a collected answer; undefined if the answer is valid. */
  readonly streaming?: string | undefined;
  readonly collected?: string | undefined;
}

/** Part of every text of the agent that must not reach a client. */
export const LEAK = "leak-arn:aws:iam::999999999999:role/x at /var/task/agent.py:1";

const EXCEPTIONS: readonly (readonly [name: string, status: number, code: string])[] = [
  ["AccessDeniedException", 403, "AGENT_REFUSED"],
  ["ResourceNotFoundException", 404, "AGENT_REFUSED"],
  ["ValidationException", 400, "AGENT_REFUSED"],
  ["UnauthorizedException", 401, "RUNTIME_WANTS_OAUTH"],
  ["ConflictException", 409, "SESSION_BUSY"],
  ["RetryableConflictException", 409, "SESSION_BUSY"],
  ["ThrottlingException", 429, "AGENT_THROTTLED"],
  ["ThrottledException", 429, "AGENT_THROTTLED"],
  ["ServiceQuotaExceededException", 402, "AGENT_UNAVAILABLE"],
  ["RuntimeClientError", 424, "AGENT_ERROR"],
  ["RuntimeClientError", 403, "AGENT_ERROR"],
  ["InternalServerException", 500, "AGENT_ERROR"],
  ["ServiceException", 500, "AGENT_ERROR"],
  ["DuplicateIdException", 409, "AGENT_REFUSED"],
  ["InvalidInputException", 400, "AGENT_REFUSED"],
  ["SubscriptionRequiredException", 403, "AGENT_REFUSED"],
  ["SomethingNew", 418, "AGENT_REFUSED"],
  ["SomethingNew", 502, "AGENT_ERROR"],
  ["SomethingNew", 503, "AGENT_UNAVAILABLE"],
  ["SomethingNew", 504, "AGENT_TIMEOUT"],
  [LEAK, 500, "AGENT_ERROR"],
  ["__proto__", 500, "AGENT_ERROR"],
  ["constructor", 500, "AGENT_ERROR"],
  ["toString", 403, "AGENT_REFUSED"],
];
const MESSAGES = [LEAK, `User: ${LEAK} is not authorized`, "", `{"nested":"${LEAK}"}`];

/** 13: every modelled exception, and some that are not modelled. */
export const exceptions: readonly BadAnswer[] = EXCEPTIONS.flatMap(([name, status, code]) =>
  MESSAGES.map((message) => ({
    title: `${status} ${name.slice(0, 30)}: ${message.slice(0, 20)}`,
    streaming: code,
    collected: code,
    answer: (response: ServerResponse) => {
      response.writeHead(status, { "Content-Type": "application/json", "x-amzn-errortype": name, "x-leak": LEAK });
      response.end(JSON.stringify({ message, Message: message, __type: name }));
    },
  })),
);

const bodies: Readonly<Record<string, string | Buffer>> = {
  "no body": "",
  HTML: `<html>${LEAK}</html>`,
  "broken JSON": '{"message":',
  "a list": "[1]",
  null: "null",
  bytes: Buffer.from([0, 0xff, 0xfe]),
};

/** 24: error replies that are not in AWS's shape. */
export const strangers: readonly BadAnswer[] = [400, 403, 404, 429, 500, 502, 503].flatMap((status) =>
  Object.entries(bodies).map(([title, body]) => {
    const code =
      { 429: "AGENT_THROTTLED", 503: "AGENT_UNAVAILABLE" }[status] ?? (status < 500 ? "AGENT_REFUSED" : "AGENT_ERROR");
    return {
      title: `${status} with ${title}`,
      streaming: code,
      collected: code,
      answer: (response: ServerResponse) => response.writeHead(status, { "Content-Type": "text/html" }).end(body),
    };
  }),
);

const typed =
  (type: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { "Content-Type": type, ...headers }).end(body);
  };

/** 24: content types that do not fit the body, or are invalid in a header. */
export const types: readonly BadAnswer[] = [
  "",
  " ",
  "x",
  "text",
  "/",
  "text/",
  "/plain",
  "text/html",
  "text/event-streamx",
  "TEXT/EVENT-STREAM",
  "text/event-stream; charset=utf-16",
  "text/event-stream, text/html",
  "application/json; charset=latin1",
  "application/JSON",
  "application/vnd.awslambda.http-integration-response",
  "application/vnd.amazon.eventstream",
  "multipart/mixed; boundary=x",
  "text/pläin",
  "*/*",
  "x".repeat(5_000),
  `text/plain; ${"x".repeat(5_000)}`,
  "text/plain\tx",
].map((type) => ({ title: `Content-Type ${JSON.stringify(type.slice(0, 40))}`, answer: typed(type, "data: x\n\n") }));

/** 24: headers that only the door may set. */
export const impostors: readonly BadAnswer[] = [
  "X-Session-Id",
  "X-Request-Id",
  "Cache-Control",
  "Set-Cookie",
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Credentials",
  "Vary",
  "Retry-After",
  "Location",
  "Content-Encoding",
  "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id",
  "WWW-Authenticate",
  "Strict-Transport-Security",
  "X-Content-Type-Options",
].map((name) => ({
  title: `the header ${name}`,
  answer: typed("text/event-stream", "data: x\n\n", { [name]: "forged" }),
}));

const LINE_ENDS = ["\n", "\r", "\r\n", "\n\r", "\u2028", "\u2029", "\u0085", "\v", "\f", "\0", "\0".repeat(8)];

/** 14: events with text that could end a line, a field or the prelude. They pass unchanged. */
export const injections: readonly BadAnswer[] = LINE_ENDS.flatMap((end) =>
  [
    `data: a${end}data: b\n\n`,
    `data: a${end}event: x\n\n`,
    `event: a${end}data: b\n\n`,
    `id: a${end}data: b\n\n`,
    `retry: 1${end}data: b\n\n`,
    `: a${end}data: b\n\n`,
    `data: ${end}${end}data: b\n\n`,
    `${end}data: b\n\n`,
    `data: b${end}`,
    `data${end}: b\n\n`,
    `data: {"x":"${JSON.stringify(end).slice(1, -1)}"}${end}${end}`,
    `data: HTTP/1.1 200 OK${end}Set-Cookie: a=b${end}${end}\n\n`,
    `data: {"statusCode":500}${end}data: b\n\n`,
    `\ufeffdata: a${end}\n\n`,
    `unknown: a${end}data: b\n\n`,
    `data: häh? 😀${end}data: 😀\n\n`,
    `data: a\n\n${end}data: b\n\n`,
    `data: a\n${end}\ndata: b\n\n`,
  ].map((text) => ({ title: JSON.stringify(text).slice(0, 60), answer: typed("text/event-stream", text) })),
);

/** 10: answers that break, after any number of bytes. */
export const breaks: readonly BadAnswer[] = Array.from({ length: 60 }, (_, sent) => ({
  title: `a connection that breaks after ${sent} bytes`,
  streaming: "AGENT_ERROR",
  collected: "AGENT_ERROR",
  answer: (response: ServerResponse) => {
    const text = Buffer.from('data: {"text":"häh? 😀"}\n\nevent: x\r\ndata: b\r\n\r\ndata: last');
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.flushHeaders();
    if (sent === 0) response.destroy();
    else response.write(text.subarray(0, sent), () => response.destroy());
  },
}));
