import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RUNTIME_ARN } from "../support/program/components";
import { runConfig } from "../support/stacks";

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** Configs as the engine passes them. The message must contain the key, the fault and the remedy. */
const REFUSED: readonly [title: string, config: Readonly<Record<string, unknown>>, ...says: RegExp[]][] = [
  [
    "an ARN of another form",
    { agentRuntimeArn: `${RUNTIME_ARN}/runtime-endpoint/x` },
    /`agentRuntimeArn`/,
    /Set it to one like/,
  ],
  [
    "a runtime in another region",
    { agentRuntimeArn: RUNTIME_ARN.replace("us-east-1", "eu-west-1") },
    /`agentRuntimeArn` is in eu-west-1/,
    /Set `aws:region`/,
  ],
  ["nothing to call", { agentRuntimeArn: "" }, /`agentRuntimeArn`/, /`sampleAgent`/],
  [
    "door 2 in a VPC",
    { doors: ["streamingUrl"], privateNetwork: true },
    /`privateNetwork`/,
    /stream/,
    /bufferedApi|streamingApi/,
  ],
  [
    "a buffered answer above 29 s",
    { bufferedMaxDurationSeconds: 30 },
    /`bufferedMaxDurationSeconds` is 30/,
    /29/,
    /bufferedQuotaSeconds/,
  ],
  [
    "21 header mappings",
    { headerMap: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`x-h${index}`, `H${index}`])) },
    /`headerMap` has 21 entries/,
    /20/,
    /remove 1/,
  ],
  ["an unknown key", { edgeSinger: true }, /`edgeSinger`/, /did you mean `edgeSigner`/, /pulumi config rm/],
  [
    "an unknown key inside",
    { jwt: { isuer: "https://a.example" }, apiAuth: "jwt" },
    /`jwt\.isuer`/,
    /did you mean `issuer`/,
  ],
  ["a missing certificate", { domain: { name: "agent.example.com" } }, /`domain\.certificateArn`/],
  [
    "a certificate of another region",
    { domain: { name: "agent.example.com", certificateArn: CERTIFICATE.replace("us-east-1", "eu-west-1") } },
    /`domain\.certificateArn`/,
    /eu-west-1/,
  ],
  [
    "a domain for a private API",
    { privateApi: true, domain: { name: "a.example.com", certificateArn: CERTIFICATE } },
    /`domain`/,
    /private/,
  ],
  ["callers beside an edge", { doors: ["streamingUrl"], edge: true, callers: ["123456789012"] }, /`callers`/, /`edge`/],
  ["an edge without its door", { edge: true }, /`edge`/, /streamingUrl/],
  ["a signer without an edge", { edgeSigner: true }, /`edgeSigner`/, /`edge`/],
  [
    "a read timeout below the heartbeat",
    { doors: ["streamingUrl"], edge: true, edgeReadTimeoutSeconds: 15 },
    /`edgeReadTimeoutSeconds`/,
    /16/,
  ],
  [
    "an issuer without TLS",
    { apiAuth: "jwt", jwt: { issuer: "http://a.example", audience: ["a"] } },
    /`jwt\.issuer`/,
    /https/,
  ],
  ["jwt without a config", { apiAuth: "jwt" }, /`jwt/],
  ["a pool that nobody asks", { cognito: { scopes: ["a/b"], userPoolArn: "x" } }, /`cognito`/, /`apiAuth`/],
  [
    "a quota without its period",
    { apiAuth: "apiKey", apiKeys: { a: { quota: { limit: 1 } } } },
    /`apiKeys\.a\.quota/,
    /DAY/,
  ],
  ["alarms that nobody hears", { alarms: true }, /`alarmTopicArns`/, /SNS/],
  [
    "a key of another region",
    { logKmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    /`logKmsKeyArn`/,
    /us-east-1/,
  ],
  ["everybody on the allow list", { wafAllowIps: ["0.0.0.0/0"] }, /`wafAllowIps`/],
  [
    "an address on both lists",
    { wafAllowIps: ["192.0.2.0/24"], wafBlockIps: ["192.0.2.0/24"] },
    /`wafAllowIps`|`wafBlockIps`/,
  ],
  [
    "more provisioned than reserved",
    { provisionedConcurrency: 51, reservedConcurrency: 50 },
    /`provisionedConcurrency`/,
    /`reservedConcurrency`/,
  ],
  ["a canary of all", { canary: { qualifier: "next", weight: 100 } }, /`canary\.weight`/, /99/],
  ["a lock on a bearer runtime", { lockRuntime: true, runtimeAuth: "oauth" }, /`lockRuntime`/, /oauth/],
  [
    "break-glass without a lock",
    { breakGlassPrincipals: ["arn:aws:iam::123456789012:role/a"] },
    /`breakGlassPrincipals`/,
    /`lockRuntime`/,
  ],
  ["two default agents", { sampleAgent: true }, /`sampleAgent`/, /`agentRuntimeArn`/],
  [
    "a throttle of no route",
    { methodThrottles: { "POST /invok": { rateLimit: 1, burstLimit: 1 } } },
    /`methodThrottles`/,
    /POST \/invoke/,
  ],
  ["subnets of no network", { subnetIds: ["subnet-0123456789abcdef0"] }, /`subnetIds`/, /`vpcId`|`privateNetwork`/],
];

describe("a config that cannot be deployed", () => {
  for (const [title, config, ...says] of REFUSED) {
    it(`is refused before any resource exists: ${title}`, async () => {
      await assert.rejects(runConfig({ agentRuntimeArn: RUNTIME_ARN, ...config }), (error: unknown) => {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        for (const text of says) assert.match(error.message, text);
        return true;
      });
      const monitor = pulumi.runtime.getMonitor() as unknown as {
        getRegisteredResources(): ReadonlyMap<string, unknown>;
      };
      // The stack resource is registered before the program runs.
      assert.deepEqual(
        [...monitor.getRegisteredResources().keys()].filter((urn) => !urn.includes("pulumi:pulumi:Stack")),
        [],
      );
    });
  }
});
