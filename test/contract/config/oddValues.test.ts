import assert from "node:assert/strict";
import { DEFAULTS } from "../../../contract/config/defaults";
import { readConfig } from "../../../contract/config/read";
import { checkSettings } from "../../../contract/config/check";
import { RUNTIME_ARN } from "../../support/program/components";

class Refusal extends Error {}

/** Values that no key of the config expects. */
const ODD: readonly unknown[] = [
  ...[null, 0, -1, 1.5, true, false, "", "x", " ", "\u0000"],
  ...[[], [null], [1], ["x"], [[]], [{}]],
  ...[{}, { a: null }, { a: 1 }, { a: "x" }, { a: [] }, { a: {} }, { "": {} }, { constructor: {} }, { toString: 1 }],
];

/** Keys with nested values, with every nested value set. */
const FILLED: Readonly<Record<string, unknown>> = {
  agents: { a: { agentRuntimeArn: RUNTIME_ARN, qualifier: "x", canary: { qualifier: "b", weight: 5 } } },
  canary: { qualifier: "n", weight: 5 },
  apiKeys: { a: { rateLimit: 1, burstLimit: 1, quota: { limit: 1, period: "DAY" } } },
  cognito: { userPoolArn: "x", scopes: ["a/b"], callbackUrls: ["https://a.example"] },
  jwt: { issuer: "https://a.example", audience: ["a"], scopes: ["s"], jwksUri: "https://a.example/k", cacheSeconds: 5 },
  customAuthorizer: { functionArn: "x", identityHeader: "Authorization", cacheSeconds: 1 },
  edgeDomain: { name: "a.example.com", certificateArn: "x", hostedZoneId: "Z" },
  methodThrottles: { "POST /invoke": { rateLimit: 1, burstLimit: 1 } },
  domain: { name: "a.example.com", certificateArn: "x", hostedZoneId: "Z", securityPolicy: "TLS_1_2" },
  resourcePolicy: { allowIps: ["10.0.0.0/8"], denyIps: [], allowAccounts: ["123456789012"] },
  headerMap: { "x-a": "A" },
  payload: { allow: ["a"], deny: ["b"], rename: { a: "b" }, maxPromptBytes: 5 },
  redaction: { fields: ["a"], detectors: { email: "mask" }, patterns: [{ name: "a", pattern: "x", action: "mask" }] },
};

/** Copies of the value in which one nested value is replaced by an odd one. */
function* odd(value: unknown): Generator {
  yield* ODD;
  if (Array.isArray(value)) {
    for (const [at, inner] of value.entries())
      for (const each of odd(inner)) yield value.map((old: unknown, index) => (index === at ? each : old));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) for (const each of odd(inner)) yield { ...value, [key]: each };
  }
}

/** Configs that switch on the features that read the keys. */
const BASES: readonly Readonly<Record<string, unknown>>[] = [
  ...["iam", "apiKey", "cognito", "jwt", "custom"].map((apiAuth) => ({ apiAuth, doors: ["bufferedApi"] })),
  { doors: ["streamingUrl"], edge: true, edgeSigner: true },
  { privateNetwork: true, privateApi: true, alarms: true, lockRuntime: true },
];

describe("a config of odd values", () => {
  for (const key of Object.keys(DEFAULTS)) {
    it(`is taken or refused in words, and nothing else happens: ${key}`, () => {
      for (const base of BASES) {
        for (const value of odd(FILLED[key] ?? DEFAULTS[key as keyof typeof DEFAULTS])) {
          const config = { agentRuntimeArn: RUNTIME_ARN, ...base, [key]: value };
          const texts = Object.entries(config).map(([name, each]) => [
            `p:${name}`,
            typeof each === "string" ? each : JSON.stringify(each),
          ]);
          try {
            checkSettings(
              readConfig(Object.fromEntries(texts) as Record<string, string>, "p", Refusal),
              "us-east-1",
              Refusal,
            );
          } catch (error) {
            assert.ok(error instanceof Refusal, `${JSON.stringify(config)}: ${String((error as Error).stack)}`);
            assert.doesNotMatch(error.message, /\[object/, JSON.stringify(config));
          }
        }
      }
    });
  }
});
