import { EVENTS } from "../../../support/handlers/handlers";

/** An event that no door delivers. */
export interface BadEvent {
  readonly title: string;
  readonly event: unknown;
}

const rest = () => structuredClone(EVENTS["REST event 1.0"]({ body: '{"prompt":"hi"}' })) as Record<string, unknown>;
const url = () =>
  structuredClone(EVENTS["Function URL event 2.0"]({ body: '{"prompt":"hi"}' })) as Record<string, unknown>;

const STRANGE: readonly unknown[] = [null, undefined, 1, "text", true, [], [{}], () => 1];

const show = (value: unknown): string => (typeof value === "function" ? "a function" : JSON.stringify({ value }));

/** A direct invocation, or an event of another service. */
const FOREIGN: Readonly<Record<string, unknown>> = {
  "the body alone": { prompt: "hi" },
  "a body field alone": { body: '{"prompt":"hi"}' },
  "a warmer": { source: "serverless-plugin-warmup" },
  "an ALB": {
    requestContext: { elb: { targetGroupArn: "arn" } },
    httpMethod: "POST",
    path: "/invoke",
    headers: {},
    body: '{"prompt":"hi"}',
  },
  "an HTTP API": {
    version: "2.0",
    routeKey: "POST /invoke",
    rawPath: "/invoke",
    requestContext: { http: { method: "POST" }, authorizer: { jwt: { claims: { sub: "evil" } } } },
    body: '{"prompt":"hi"}',
  },
  "a Function URL without authorization": {
    version: "2.0",
    rawPath: "/invoke",
    requestContext: { http: { method: "POST" } },
    body: '{"prompt":"hi"}',
  },
  "a WebSocket API": { requestContext: { routeKey: "$default", connectionId: "x" }, body: '{"prompt":"hi"}' },
  SQS: { Records: [{ eventSource: "aws:sqs", body: '{"prompt":"hi"}' }] },
  SNS: { Records: [{ EventSource: "aws:sns", Sns: { Message: '{"prompt":"hi"}' } }] },
  S3: { Records: [{ eventSource: "aws:s3", s3: {} }] },
  EventBridge: { "detail-type": "Scheduled Event", source: "aws.events", detail: {} },
  "a Lambda authorizer": { type: "TOKEN", methodArn: "arn", authorizationToken: "x" },
  "a VPC Lattice service": { version: "2.0", path: "/invoke", method: "POST", requestContext: { identity: {} } },
  "another version": { ...url(), version: "3.0" },
  "version 1.0 of an HTTP API": { ...rest(), version: "1.0" },
};

const without = (event: Record<string, unknown>, path: readonly string[], value: unknown): unknown => {
  const [last = "", ...parents] = [...path].reverse();
  let at = event;
  for (const name of parents.reverse()) at = at[name] as Record<string, unknown>;
  at[last] = value;
  return event;
};

/** 20: events that are not a door's: invalid values, other services, and a door's event with one part replaced. */
export const events: readonly BadEvent[] = [
  ...STRANGE.map((event) => ({ title: `the event ${show(event)}`, event })),
  ...Object.entries(FOREIGN).map(([title, event]) => ({ title: `the event of ${title}`, event })),
  ...[["requestContext"], ["requestContext", "identity"], ["httpMethod"], ["path"]].flatMap((path) =>
    STRANGE.filter((value) => typeof value !== "string").map((value) => ({
      title: `REST, ${path.join(".")} is ${show(value)}`,
      event: without(rest(), path, value),
    })),
  ),
  ...[
    ["requestContext"],
    ["requestContext", "http"],
    ["requestContext", "http", "method"],
    ["requestContext", "authorizer"],
    ["requestContext", "authorizer", "iam"],
    ["rawPath"],
  ].flatMap((path) =>
    STRANGE.filter((value) => typeof value !== "string").map((value) => ({
      title: `Function URL, ${path.join(".")} is ${show(value)}`,
      event: without(url(), path, value),
    })),
  ),
  ...[rest, url].flatMap((make) =>
    [1, true, {}, ["x"]].map((body) => ({ title: `body is ${JSON.stringify(body)}`, event: { ...make(), body } })),
  ),
  ...[rest, url].flatMap((make) =>
    [1, "text", [], true].map((headers) => ({
      title: `headers is ${JSON.stringify(headers)}`,
      event: { ...make(), headers },
    })),
  ),
  ...[rest, url].flatMap((make) =>
    [1, "true", [], {}].map((flag) => ({
      title: `isBase64Encoded is ${JSON.stringify(flag)}`,
      event: { ...make(), isBase64Encoded: flag },
    })),
  ),
];
