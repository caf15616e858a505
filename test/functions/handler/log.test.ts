import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOG_FIELDS } from "../../../contract/runtime/logFields";
import { METRIC_UNITS } from "../../../contract/runtime/metrics";
import { logRequest, type Finished, type Known } from "../../../functions/handler/log";
import { startRun } from "../../../functions/handler/run";
import { jwtCaller, ownerHash } from "../../../functions/request/caller/caller";
import { readRequest } from "../../../functions/request/request";
import { captureLog } from "../../support/handlers/captureLog";
import { ROOT } from "../../support/local/frontDoor";

/** AgentCore's error for a container that could not be started, with every field that is read. */
const START_FAILED = Object.assign(new Error("Runtime initialization timeout exceeded."), {
  name: "RuntimeClientError",
  $metadata: { httpStatusCode: 424 },
});
const AGENT_FAILED = Object.assign(new Error("Received error (500) from runtime."), { name: "RuntimeClientError" });

const REQUEST = readRequest(
  {
    version: "2.0",
    rawPath: "/invoke",
    rawQueryString: "",
    headers: { "content-type": "application/json" },
    requestContext: {
      http: { method: "POST", path: "/invoke" },
      authorizer: {
        iam: { userArn: "arn:aws:iam::123456789012:user/somebody", userId: "AIDA", accountId: "123456789012" },
      },
    },
    body: "{}",
    isBase64Encoded: false,
  },
  false,
);

const KNOWN: Known = {
  door: "streamingUrl",
  request: REQUEST,
  target: {
    agent: "default",
    endpoint: { agentRuntimeArn: "arn", qualifier: "DEFAULT" },
    runtimeSessionId: `fd-${"0".repeat(64)}`,
  },
  several: true,
  sessionId: "conversation_0123456789abcdef0123456789",
  redactions: { email: 2 },
};

const FINISHED: readonly Finished[] = [
  { status: 200, bytes: 10, events: 2, usage: { input: 5, output: 2 }, dropped: 1 },
  { status: 503, code: "AGENT_START_FAILED", cause: START_FAILED, bytes: 10 },
  { status: 502, code: "AGENT_ERROR", cause: AGENT_FAILED, bytes: 10 },
  { status: 500, code: "INTERNAL", cause: new TypeError("a fault of the door's own"), bytes: 10 },
];

describe("the log line of a request", () => {
  const log = captureLog();
  let lines: readonly Record<string, unknown>[];

  before(() => {
    log.start();
    try {
      for (const finished of FINISHED) {
        const run = startRun({ awsRequestId: "r-1", getRemainingTimeInMillis: () => 10_000 }, 1_000, {});
        run.firstByteAt = run.startedAt + 5;
        logRequest(KNOWN, run, finished);
      }
    } finally {
      log.stop();
    }
    lines = log.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  });

  it("has no field that the table of fields does not name", () => {
    assert.equal(lines.length, FINISHED.length);
    for (const line of lines) {
      assert.deepEqual(
        Object.keys(line).filter((field) => !(field in LOG_FIELDS)),
        [],
      );
    }
  });

  it("has each field that the table names, where there is a value", () => {
    const found = new Set(lines.flatMap((line) => Object.keys(line)));
    assert.deepEqual(
      Object.keys(LOG_FIELDS).filter((field) => !found.has(field)),
      [],
    );
  });

  it("has the hash of the caller that docs/logging.md computes in a shell", () => {
    const page = readFileSync(join(ROOT, "docs", "logging.md"), "utf8");
    const texts = [...page.matchAll(/^printf %s '(\[.*\])' \| sha256sum/gm)].map(([, text]) => text);
    assert.deepEqual(texts, [
      JSON.stringify(["iam", "arn:aws:iam::123456789012:user/ann"]),
      JSON.stringify(["jwt", jwtCaller({ iss: "https://login.example.com/", sub: "ann" })?.id]),
    ]);
    const user = { kind: "iam", id: "arn:aws:iam::123456789012:user/somebody", subject: "" } as const;
    const hash = createHash("sha256")
      .update(JSON.stringify([user.kind, user.id]))
      .digest("hex");
    assert.equal(lines[0]?.["caller_hash"], hash.slice(0, 16));
    assert.equal(ownerHash(user, 32), hash.slice(0, 32));
  });

  it("is in docs/requests.md, field by field", () => {
    const page = readFileSync(join(ROOT, "docs", "requests.md"), "utf8");
    for (const [field, meaning] of Object.entries(LOG_FIELDS)) {
      const row = page.split("\n").find((line) => line.startsWith(`| \`${field}\` `));
      assert.ok(row?.includes(meaning), field);
    }
    for (const metric of Object.keys(METRIC_UNITS)) assert.ok(metric in LOG_FIELDS, metric);
  });
});
