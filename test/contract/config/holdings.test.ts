import assert from "node:assert/strict";
import fc from "fast-check";
import { checkSettings } from "../../../contract/config/check";
import { addressLimit, holders, holding, holdersReport } from "../../../contract/config/holdings";
import type { StackConfig } from "../../../contract/config/schema";
import { RUNTIME_ARN } from "../../support/program/components";

const settingsOf = (config: StackConfig) => checkSettings({ agentRuntimeArn: RUNTIME_ARN, ...config }, "us-east-1");
const KEY_DOOR = { apiAuth: "apiKey", reservedConcurrency: 50 } as const;

const holdersWarning = (settings: ReturnType<typeof settingsOf>) => holdersReport(settings).warning;
const holdersNote = (settings: ReturnType<typeof settingsOf>) => holdersReport(settings).note;

describe("what one caller can hold", () => {
  it("is burst and rate by duration, and at most what there is", () => {
    assert.deepEqual(holding({ rate: 2, burst: 0 }, 300, 50), { held: 50, fullAfterSeconds: 25 });
    assert.deepEqual(holding({ rate: 0.1, burst: 5 }, 300, 50), { held: 35, fullAfterSeconds: undefined });
    assert.deepEqual(holding({ rate: 1, burst: 2 }, 29, 50), { held: 31, fullAfterSeconds: undefined });
    assert.deepEqual(holding(addressLimit(1000), 300, 50), { held: 50, fullAfterSeconds: 0 });
    assert.deepEqual(holding({ rate: Infinity, burst: Infinity }, 300, 50), { held: 50, fullAfterSeconds: 0 });
    assert.deepEqual(holding({ rate: Infinity, burst: 0 }, 300, 50), { held: 50, fullAfterSeconds: 0 });
  });

  it("agrees with a simulation, second by second", () => {
    const whole = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(whole(20), whole(60), whole(120), whole(300), (rate, burst, duration, slots) => {
        let sent = burst;
        let after = sent >= slots ? 0 : undefined;
        for (let second = 1; second <= duration; second++) {
          sent += rate;
          if (sent >= slots) after ??= second;
        }
        assert.deepEqual(holding({ rate, burst }, duration, slots), {
          held: Math.min(sent, slots),
          fullAfterSeconds: after,
        });
      }),
    );
  });

  it("is computed for each key at each REST door, and for an address at the public edge", () => {
    const keys = settingsOf({
      ...KEY_DOOR,
      doors: ["bufferedApi", "streamingApi"],
      apiKeys: { a: { rateLimit: 1, burstLimit: 2 }, b: {} },
    });
    assert.deepEqual(
      holders(keys).map(({ door, limitedBy, held, fullAfterSeconds }) => [door, limitedBy, held, fullAfterSeconds]),
      [
        ["bufferedApi", "apiKeys.a", 31, undefined],
        ["bufferedApi", "apiKeys.b", 50, 0],
        ["streamingApi", "apiKeys.a", 50, 48],
        ["streamingApi", "apiKeys.b", 50, 0],
      ],
    );
    const edge = settingsOf({
      doors: ["streamingUrl"],
      edge: true,
      reservedConcurrency: 50,
      rateLimitPerFiveMinutes: 20,
    });
    assert.deepEqual(holders(edge), [
      {
        door: "streamingUrl",
        caller: "address",
        limitedBy: "rateLimitPerFiveMinutes",
        held: 40,
        fullAfterSeconds: undefined,
      },
    ]);
  });

  it("is computed for every kind of caller that signs in", () => {
    const jwt = { issuer: "https://login.example.com/", audience: ["agent"] };
    const STAGE = ["throttleRateLimit", 0];
    for (const [config, expected] of [
      [{ doors: ["streamingApi"], apiAuth: "iam" }, [["IAM principal", ...STAGE]]],
      [{ doors: ["streamingApi"], apiAuth: "jwt", jwt }, [["token's subject", ...STAGE]]],
      [{ doors: ["bufferedApi"], apiAuth: "cognito" }, [["token's subject", ...STAGE]]],
      [{ doors: ["streamingUrl"] }, [["IAM principal", undefined, 0]]],
      [
        { doors: ["streamingUrl"], edge: true, edgeAuth: "jwt", jwt },
        [
          ["address", "rateLimitPerFiveMinutes", 0],
          ["token's subject with several addresses", undefined, 0],
        ],
      ],
    ] as [StackConfig, unknown[]][]) {
      assert.deepEqual(
        holders(settingsOf({ reservedConcurrency: 50, ...config })).map(({ caller, limitedBy, fullAfterSeconds }) => [
          caller,
          limitedBy,
          fullAfterSeconds,
        ]),
        expected,
      );
    }
    const note = holdersNote(settingsOf({ doors: ["streamingUrl"], reservedConcurrency: 50 })) ?? "";
    assert.match(
      note,
      /\n- streamingUrl: one IAM principal, at once\. AWS has no limit for one of them: lower the longest duration/,
    );
    const rest =
      holdersNote(
        settingsOf({ doors: ["streamingApi"], throttleRateLimit: 10, throttleBurstLimit: 20, reservedConcurrency: 50 }),
      ) ?? "";
    assert.match(rest, /\n- streamingApi: one IAM principal, in 3 s\. Lower `throttleRateLimit`/);
  });

  it("is warned about if it is all of a door", () => {
    const warning =
      holdersWarning(
        settingsOf({
          ...KEY_DOOR,
          maxDurationSeconds: 40,
          apiKeys: { a: { rateLimit: 2, burstLimit: 2 }, b: { rateLimit: 1, burstLimit: 5 } },
        }),
      ) ?? "";
    assert.match(warning, /^One caller can hold all of 50 concurrent requests \(`reservedConcurrency`\)/);
    assert.match(warning, /\n- streamingApi: one API key `a`, in 24 s\. Lower `apiKeys\.a`/);
    assert.doesNotMatch(warning, /`b`/);
    assert.match(warning, /All others then get 500, \/health included/);
    const shared = holdersWarning(settingsOf({ doors: ["streamingUrl"], edge: true })) ?? "";
    assert.match(shared, /1000 concurrent requests, the account's default quota, which all its functions share/);
    assert.match(shared, /All others then get 429, /);
    assert.match(shared, /one address, at once\. Lower `rateLimitPerFiveMinutes`/);
  });

  it("is not warned about in a harmless config", () => {
    for (const config of [
      {},
      { doors: ["streamingUrl"] },
      { ...KEY_DOOR, reservedConcurrency: 0 },
      { ...KEY_DOOR, maxDurationSeconds: 30, apiKeys: { b: { rateLimit: 1, burstLimit: 5 } } },
      { doors: ["streamingUrl"], edge: true, reservedConcurrency: 50, rateLimitPerFiveMinutes: 20 },
    ]) {
      assert.equal(holdersWarning(settingsOf(config)), undefined);
    }
    const few = { doors: ["bufferedApi"], reservedConcurrency: 50, throttleRateLimit: 1, throttleBurstLimit: 2 };
    assert.equal(holdersNote(settingsOf(few)), undefined);
    assert.equal(holdersNote(settingsOf({ doors: ["streamingUrl"], reservedConcurrency: 0 })), undefined);
  });
});
