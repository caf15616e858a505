import assert from "node:assert/strict";
import { DEFAULTS } from "../../contract/config/defaults";
import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { parseRuntimeArn } from "../../contract/aws/arn";
import { errorBody, ERRORS, type ErrorCode } from "../../contract/wire/errors";
import { parseInvokeRequest } from "../../contract/wire/request";
import { checkSettings } from "../../contract/config/check";
import type { StackConfig } from "../../contract/config/schema";
import { encodeEvent } from "../../contract/wire/sse";
import { timeouts } from "../../contract/aws/timeouts";
import { RUNTIME_ARN } from "../support/program/components";

function dataOf(stream: string): string[] {
  const found: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => found.push(data) });
  parser.feed(stream);
  return found;
}

describe("encodeEvent", () => {
  it("comes back whole through a parser", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.deepEqual(dataOf(encodeEvent("error", text)), [JSON.stringify(text)]);
      }),
    );
  });
});

describe("parseInvokeRequest", () => {
  const parse = (text: string | Uint8Array) => {
    const result = parseInvokeRequest(typeof text === "string" ? Buffer.from(text) : text);
    return "code" in result ? result.code : result;
  };

  it("takes any string as a prompt, byte for byte", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (prompt) => {
        assert.deepEqual(parse(JSON.stringify({ prompt })), { sessionId: undefined, payload: { prompt } });
      }),
    );
  });

  for (const [title, body] of [
    ["a byte order mark", "\ufeff{}"],
    ["a byte that is not UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
    ["two documents", '{"prompt":"a"}{"prompt":"b"}'],
    ["a comment", '{"prompt":"a"}//'],
    ["a trailing comma", '{"prompt":"a",}'],
    ["NaN", '{"prompt":NaN}'],
  ] as const) {
    it(`refuses ${title}`, () => {
      assert.equal(parse(body), "INVALID_BODY");
    });
  }

  for (const [length, ok] of [
    [32, false],
    [33, true],
    [100, true],
    [101, false],
  ] as const) {
    it(`${ok ? "takes" : "refuses"} a session id of ${length} characters`, () => {
      const request = parse(JSON.stringify({ prompt: "a", session_id: "s".repeat(length) }));
      assert.equal(typeof request === "object", ok);
    });
  }

  it("takes 65,536 bytes and refuses one more", () => {
    const body = (size: number) => JSON.stringify({ prompt: "x".repeat(size - '{"prompt":""}'.length) });
    assert.equal(typeof parse(body(65_536)), "object");
    assert.equal(parse(body(65_537)), "BODY_TOO_LARGE");
  });
});

describe("parseRuntimeArn", () => {
  it("reads the parts", () => {
    assert.deepEqual(
      parseRuntimeArn("arn:aws-us-gov:bedrock-agentcore:us-gov-west-1:123456789012:runtime/a_1-abcdefghij"),
      {
        partition: "aws-us-gov",
        region: "us-gov-west-1",
        accountId: "123456789012",
        runtimeId: "a_1-abcdefghij",
      },
    );
  });

  for (const wrong of [
    "",
    `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`,
    `${RUNTIME_ARN}\n`,
    RUNTIME_ARN.replace("runtime/", "agent-runtime/"),
    RUNTIME_ARN.replace("my_agent", "my-agent-x"),
    RUNTIME_ARN.replace("123456789012", "12345"),
    RUNTIME_ARN.replace("a1b2c3d4e5", "short"),
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      assert.equal(parseRuntimeArn(wrong), undefined);
    });
  }
});

describe("errors", () => {
  for (const [code, { message, remedy, status }] of Object.entries(ERRORS)) {
    it(`${code} is two sentences without a secret`, () => {
      assert.match(message, /^[A-Z`].*\.$/);
      assert.match(remedy, /^[A-Z].*\.$/);
      assert.ok(status >= 400 && status < 600);
      assert.doesNotMatch(JSON.stringify(errorBody({ code: code as ErrorCode }, "id")), /arn:|\d{12}/);
    });
  }
});

describe("timeouts", () => {
  it("leave the agent less than the function, and the function what the gateway waits", () => {
    for (const kind of ["buffered", "streaming"] as const) {
      const { integrationMs, lambdaSeconds, marginMs } = timeouts(kind, 29);
      assert.equal(integrationMs, lambdaSeconds * 1000);
      assert.ok(marginMs > 0 && marginMs < integrationMs);
    }
  });
});

describe("checkSettings", () => {
  const good: StackConfig = {
    agentRuntimeArn: RUNTIME_ARN,
    qualifier: "DEFAULT",
    doors: ["streamingApi"],
    apiAuth: "iam",
    apiKeys: {},
    cognito: {},
    jwt: {} as Required<StackConfig>["jwt"],
    customAuthorizer: {} as Required<StackConfig>["customAuthorizer"],
    callers: [],
    maxDurationSeconds: 300,
    bufferedMaxDurationSeconds: 29,
    memorySizeMb: 512,
    logRetentionInDays: 30,
    throttleRateLimit: 50,
    throttleBurstLimit: 100,
    rateLimitPerFiveMinutes: 1000,
    runtimeAuth: "sigv4",
    headerMap: {},
    payload: {},
    redaction: {},
    corsOrigins: [],
  };

  it("takes a good config", () => {
    assert.deepEqual(checkSettings(good, "us-east-1"), { ...DEFAULTS, ...good });
    assert.deepEqual(checkSettings(good, undefined), { ...DEFAULTS, ...good });
  });

  for (const [change, says] of [
    [{ agentRuntimeArn: `${RUNTIME_ARN}/runtime-endpoint/x` }, /`agentRuntimeArn`.*name the endpoint in `qualifier`/],
    [{ agentRuntimeArn: RUNTIME_ARN.replace("us-east-1", "eu-west-1") }, /`agentRuntimeArn` is in eu-west-1/],
    [{ qualifier: "my-endpoint" }, /`qualifier`.*letters, digits or underscores/],
    [{ doors: [] }, /`doors` is empty/],
    [{ doors: ["streamingApi", "streamingApi"] }, /`doors` names the door "streamingApi" twice/],
    [{ doors: ["frontDoor"] }, /`doors` contains "frontDoor"/],
    [{ apiAuth: "none" }, /`apiAuth` is "none"\. Use iam, apiKey, cognito, jwt, custom/],
    [{ callers: ["*"] }, /`callers` contains "\*"/],
    [{ callers: ["12345678901"] }, /12-digit account id/],
    [{ callers: ["123456789012", "123456789012"] }, /`callers` names the principal "123456789012" twice/],
    [{ maxDurationSeconds: 901 }, /`maxDurationSeconds` is 901.*5 to 900/],
    [{ maxDurationSeconds: 4 }, /`maxDurationSeconds` is 4/],
    [{ bufferedMaxDurationSeconds: 30 }, /`bufferedMaxDurationSeconds` is 30.*5 to 29/],
    [{ memorySizeMb: 64 }, /`memorySizeMb` is 64/],
    [{ logRetentionInDays: 31 }, /`logRetentionInDays` is 31\. Use one of 1, 3/],
    [{ throttleRateLimit: 0 }, /`throttleRateLimit` is 0/],
    [{ throttleBurstLimit: 1.5 }, /`throttleBurstLimit` is 1\.5/],
    [{ rateLimitPerFiveMinutes: 9 }, /`rateLimitPerFiveMinutes` is 9/],
  ] as [Partial<StackConfig>, RegExp][]) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.throws(() => checkSettings({ ...good, ...change }, "us-east-1"), says);
    });
  }

  it("names every mistake at once", () => {
    assert.throws(
      () => checkSettings({ ...good, doors: [], apiAuth: "x", memorySizeMb: 1 }, undefined),
      /doors[\s\S]*apiAuth[\s\S]*memorySizeMb/,
    );
  });
});
