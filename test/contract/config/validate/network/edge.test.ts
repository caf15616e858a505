import assert from "node:assert/strict";
import { checkSettings } from "../../../../../contract/config/check";
import type { StackConfig } from "../../../../../contract/config/schema";
import { RUNTIME_ARN } from "../../../../support/program/components";

const GOOD: StackConfig = { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingUrl"], edge: true };
const DOMAIN = {
  name: "agent.example.com",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d",
};
const REST: StackConfig = { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingApi"] };

/** Config as a user can write it: YAML has no types. */
type Change = Readonly<Record<string, unknown>>;

const mistakesOf = (base: StackConfig, change: Change): string => {
  try {
    checkSettings({ ...base, ...change }, undefined);
  } catch (error) {
    assert.ok(error instanceof Error && error.constructor === Error, "a mistake is no crash");
    return error.message;
  }
  return "";
};

describe("a stack config with an edge", () => {
  for (const change of [
    {},
    { edgeSigner: true },
    { edgeSigner: true, maxBodyBytes: 1_048_576 },
    { maxBodyBytes: 6_225_920 },
    { edgeAccessLog: true },
    { edgeDomain: DOMAIN },
    { edgeDomain: { ...DOMAIN, hostedZoneId: "Z0123456789ABCDEFGHIJ" } },
    { edgeReadTimeoutSeconds: 16 },
    { edgeReadTimeoutSeconds: 120 },
    { wafAllowIps: ["192.0.2.0/24", "2001:db8::/32"], wafBlockIps: ["198.51.100.7/32"] },
  ]) {
    it(`takes ${JSON.stringify(change)}`, () => {
      assert.equal(mistakesOf(GOOD, change), "");
    });
  }

  for (const [change, says] of [
    [{ edge: "yes" }, /`edge` is "yes"\. Use true or false/],
    [{ edgeAccessLog: "yes" }, /`edgeAccessLog` is "yes"\. Use true or false/],
    [
      { edge: false, edgeAccessLog: true },
      /`edgeAccessLog` is true without an edge to log\. Set `edge` to true, or remove it/,
    ],
    [{ edgeSigner: 1 }, /`edgeSigner` is 1\. Use true or false/],
    [{ doors: ["streamingApi"] }, /`edge` is true, but `doors` has no streamingUrl.*Add streamingUrl/],
    [
      { callers: ["123456789012"] },
      /`edge` is true, but `callers` names \["123456789012"\].*passes by its web ACL.*empty `callers`/,
    ],
    [
      { edgeSigner: true, maxBodyBytes: 1_048_577 },
      /`maxBodyBytes` is 1048577, but `edgeSigner` is true.*1048576 bytes.*Lower `maxBodyBytes`/,
    ],
    [{ edge: false, edgeSigner: true }, /`edgeSigner` is true without an edge.*Set `edge` to true/],
    [{ edge: false, edgeDomain: DOMAIN }, /`edgeDomain` names a domain without an edge.*Set `edge` to true/],
    [
      { edgeReadTimeoutSeconds: 15 },
      /`edgeReadTimeoutSeconds` is 15\. Use a whole number from 16 to 120 \(.*15 seconds.*https:/,
    ],
    [{ edgeReadTimeoutSeconds: 121 }, /`edgeReadTimeoutSeconds` is 121.*raised quota/],
    [{ edgeReadTimeoutSeconds: 60.5 }, /`edgeReadTimeoutSeconds` is 60\.5/],
    [{ edgeReadTimeoutSeconds: null }, /`edgeReadTimeoutSeconds` is null/],
    [
      { edgeDomain: "agent.example.com" },
      /`edgeDomain` is "agent\.example\.com"\. Use \{ name, certificateArn, hostedZoneId \}/,
    ],
    [{ edgeDomain: [] }, /`edgeDomain` is \[\]/],
    [{ edgeDomain: { ...DOMAIN, zone: "Z1" } }, /`edgeDomain\.zone` does not exist/],
    [{ edgeDomain: { name: DOMAIN.name } }, /`edgeDomain\.certificateArn` is missing.*us-east-1/],
    [
      { edgeDomain: { certificateArn: DOMAIN.certificateArn } },
      /`edgeDomain\.name` is missing\. Set it to the host name/,
    ],
    [
      { edgeDomain: { ...DOMAIN, name: "https://agent.example.com/" } },
      /`edgeDomain\.name` is "https:.*without scheme, path or wildcard/,
    ],
    [
      { edgeDomain: { ...DOMAIN, name: "*.example.com" } },
      /`edgeDomain\.name` is "\*\.example\.com".*without scheme, path or wildcard/,
    ],
    [
      { edgeDomain: { ...DOMAIN, certificateArn: DOMAIN.certificateArn.replace("us-east-1", "eu-central-1") } },
      /`edgeDomain\.certificateArn` is in eu-central-1\. CloudFront accepts certificates of us-east-1 only/,
    ],
    [
      { edgeDomain: { ...DOMAIN, certificateArn: "my-certificate" } },
      /`edgeDomain\.certificateArn` is "my-certificate", which is not the ARN/,
    ],
    [{ edgeDomain: { ...DOMAIN, hostedZoneId: "example.com" } }, /`edgeDomain\.hostedZoneId` is "example\.com".*Z0123/],
    [
      { agentRuntimeArn: RUNTIME_ARN.replace("arn:aws:", "arn:aws-us-gov:").replace("us-east-1", "us-gov-west-1") },
      /`edge` is true, but CloudFront is not a service of the partition aws-us-gov.*Use streamingApi/,
    ],
  ] as [Change, RegExp][]) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.match(mistakesOf(GOOD, change), says);
    });
  }

  it("refuses an edge in a Region without CloudFront, also if no ARN names its partition", () => {
    for (const [region, partition] of [
      ["us-gov-west-1", "aws-us-gov"],
      ["cn-north-1", "aws-cn"],
    ] as const) {
      assert.throws(
        () => checkSettings({ sampleAgent: true, doors: ["streamingUrl"], edge: true }, region),
        new RegExp(`\`edge\` is true, but CloudFront is not a service of the partition ${partition} `),
      );
    }
  });
});

describe("a stack config with a web ACL", () => {
  const ranges = (count: number) =>
    Array.from({ length: count }, (_, i) => `10.${Math.floor(i / 65_536)}.${Math.floor(i / 256) % 256}.${i % 256}/32`);

  it("takes as many ranges as an IP set does, of each version", () => {
    assert.equal(
      mistakesOf(REST, { wafBlockIps: [...ranges(10_000), "2001:db8::/32"], wafRateKey: "forwardedIp" }),
      "",
    );
  });

  for (const [change, says] of [
    [{ wafRateKey: "xff" }, /`wafRateKey` is "xff"\. Use ip or forwardedIp/],
    [{ wafLogging: "no" }, /`wafLogging` is "no"\. Use true or false/],
    [{ wafAllowIps: "192.0.2.0/24" }, /`wafAllowIps` is "192\.0\.2\.0\/24"\. Use a list of CIDR ranges/],
    [{ wafBlockIps: [7] }, /`wafBlockIps` is \[7\]\. Use a list/],
    [{ wafBlockIps: null }, /`wafBlockIps` is null\. Use a list/],
    [
      { wafBlockIps: ["192.0.2.1"] },
      /`wafBlockIps` contains "192\.0\.2\.1", which is not a CIDR range.*\/32 for one address/,
    ],
    [{ wafBlockIps: ["192.0.2.0/33"] }, /contains "192\.0\.2\.0\/33", which is not a CIDR range/],
    [
      { wafAllowIps: ["192.0.2.77/24"] },
      /contains "192\.0\.2\.77\/24", an address within a range\. Use the range 192\.0\.2\.0\/24, or 192\.0\.2\.77\/32/,
    ],
    [{ wafAllowIps: ["2001:db8::1/64"] }, /Use the range .*\/64, or 2001:db8::1\/128/],
    [
      { wafAllowIps: ["0.0.0.0/0"] },
      /`wafAllowIps` contains "0\.0\.0\.0\/0", which is every address.*prefix 0 \(https:/,
    ],
    [{ wafBlockIps: ["::/0"] }, /`wafBlockIps` contains "::\/0", which is every address/],
    [
      { wafAllowIps: ["192.0.2.0/24"], wafBlockIps: ["192.0.2.0/24"] },
      /`wafAllowIps` and `wafBlockIps` both hold "192\.0\.2\.0\/24".*remove it/,
    ],
    [{ wafAllowIps: ["2001:db8::/32", "2001:DB8:0::/32"] }, /`wafAllowIps` names the range "2001:DB8:0::\/32" twice/],
    [
      { wafBlockIps: ranges(10_001) },
      /`wafBlockIps` contains 10001 ranges of IPv4\. A WAF IP set accepts 10000 \(https:/,
    ],
    [{ doors: ["streamingUrl"], wafBlockIps: ["192.0.2.0/24"] }, /no door of this stack has one.*Set `edge` to true/],
    [
      { doors: ["streamingUrl"], wafRateKey: "forwardedIp" },
      /`wafRateKey` is forwardedIp, but this stack has no REST door.*Set it to ip/,
    ],
    [{ doors: ["streamingUrl"], edge: true, wafRateKey: "forwardedIp" }, /the edge sees its callers' own addresses/],
  ] as [Change, RegExp][]) {
    it(`refuses ${JSON.stringify(change).slice(0, 80)}`, () => {
      assert.match(mistakesOf(REST, change), says);
    });
  }

  it("says what is wrong, and does not fall over, whatever stands where", () => {
    const keys = [
      "edge",
      "edgeSigner",
      "edgeAccessLog",
      "edgeDomain",
      "edgeReadTimeoutSeconds",
      "wafRateKey",
      "wafAllowIps",
      "wafBlockIps",
      "wafLogging",
    ];
    for (const key of keys) {
      for (const value of [null, -1, "", "x", [[]], [null], { a: [1] }]) {
        assert.match(mistakesOf(GOOD, { [key]: value }), new RegExp(`\`${key}`), `${key}: ${JSON.stringify(value)}`);
      }
    }
  });
});

const JWT = { issuer: "https://login.example.com/", audience: ["agent"] };

describe("how users sign in at an edge", () => {
  for (const change of [
    { edgeAuth: "none" },
    { edgeAuth: "jwt", jwt: JWT },
    { edgeAuth: "jwt", jwt: JWT, runtimeAuth: "oauth" },
    { edgeAuth: "cognito" },
    { edgeAuth: "cognito", cognito: { callbackUrls: ["https://app.example.com/in"] } },
    { edgeAuth: "cognito", doors: ["streamingUrl", "streamingApi"], apiAuth: "cognito" },
    { edgeAuth: "cognito", doors: ["streamingUrl", "streamingApi"], apiAuth: "jwt", jwt: JWT },
    { edgeAuth: "jwt", jwt: JWT, doors: ["streamingUrl", "streamingApi"], apiAuth: "cognito" },
    {
      edgeAuth: "jwt",
      jwt: { ...JWT, cacheSeconds: 0 },
      doors: ["streamingUrl", "streamingApi"],
      apiAuth: "jwt",
    },
  ]) {
    it(`can be ${JSON.stringify(change)}`, () => {
      assert.equal(mistakesOf(GOOD, change), "");
    });
  }

  const POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123";
  for (const [change, says] of [
    [{ edgeAuth: "oauth" }, /`edgeAuth` is "oauth".*Use none, jwt, cognito/],
    [{ edgeAuth: "JWT" }, /`edgeAuth` is "JWT" \(did you mean `jwt`\?\)/],
    [{ edgeAuth: true }, /`edgeAuth` is true/],
    [{ edgeAuth: "" }, /`edgeAuth` is ""/],
    [{ edgeAuth: "jwt", edge: false, jwt: JWT }, /`edgeAuth` is "jwt" without an edge.*Set `edge` to true/],
    [{ edgeAuth: "cognito", edge: false }, /`edgeAuth` is "cognito" without an edge/],
    [{ edgeAuth: "jwt" }, /`jwt\.issuer` is missing, and `edgeAuth` jwt needs it[^]*`jwt\.audience` is missing/],
    [
      { edgeAuth: "jwt", jwt: { ...JWT, cacheSeconds: 60 } },
      /`jwt\.cacheSeconds` is set, but `apiAuth` is not jwt.*remove/,
    ],
    [{ edgeAuth: "jwt", jwt: { ...JWT, tokens: ["id"] } }, /`jwt\.tokens` is/],
    [{ jwt: JWT }, /`jwt` is set, but `apiAuth` is "iam".*`edgeAuth` at an edge/],
    [{ cognito: { callbackUrls: [] } }, /`cognito` is set/],
    [
      { edgeAuth: "cognito", cognito: { userPoolArn: POOL, scopes: ["a"] } },
      /`cognito\.userPoolArn` names a pool of your own.*Set `edgeAuth` to jwt, `jwt\.issuer` to https:\/\/cognito-idp/,
    ],
    [{ edgeAuth: "jwt", jwt: "x" }, /`jwt` is "x", which is not an object/],
  ] as [Change, RegExp][]) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.match(mistakesOf(GOOD, change), says);
    });
  }
});
