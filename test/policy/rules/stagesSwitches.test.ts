import { UNKNOWN as UNKNOWN_ON_THE_WIRE } from "../../support/program/components";
import assert from "node:assert/strict";
import { cache } from "../../../policy/rules/stages/cache";
import { dataTrace } from "../../../policy/rules/stages/dataTrace";
import { domainTls } from "../../../policy/rules/stages/domainTls";
import { stageVariables } from "../../../policy/rules/stages/stageVariables";
import { tracing } from "../../../policy/rules/stages/tracing";
import type { Rule } from "../../../policy/model/rule";
import { packOf } from "../../../policy/pack/pack";
import { testRule } from "../support/cases";
import { analyzed, declare, unknown, type Declared } from "../support/declare";
import { analyze, everywhere, remediate } from "../support/sdk";

const stage = (props: object) => declare("stage", "stage", { restApi: "abc123", stageName: "live", ...props });
const settings = (given: unknown, methodPath = "*/*") =>
  declare("methodSettings", "settings", { restApi: "abc123", stageName: "live", methodPath, settings: given });

/** Mends a resource as the engine would, and holds the rule to it: it then passes, a second time nothing changes. */
function testRemedy(rule: Rule, title: string, broken: Declared, expected: Readonly<Record<string, unknown>>): void {
  describe(`${rule.id}, as a remedy`, () => {
    const policies = packOf([rule]);
    const config = { [rule.id]: "remediate" };
    const only = (declared: Declared) => {
      const [resource] = analyzed([declared], "preview");
      assert.ok(resource);
      return resource;
    };

    it(`mends ${title} once, and leaves the rest`, async () => {
      const mended = await remediate(policies, only(broken), config);
      assert.deepEqual(mended, expected);
      const again = declare(broken.type as `${string}:${string}`, broken.name, expected);
      assert.equal(await remediate(policies, only(again), config), undefined);
      assert.deepEqual((await analyze(policies, [only(again)], everywhere())).findings, []);
    });

    it("does nothing unless it is told to", async () => {
      assert.equal(await remediate(policies, only(broken)), undefined);
    });
  });
}

const AT = { restApi: "abc123", stageName: "live" };

const TRACE = [["settings", "settings.dataTraceEnabled"]] as const;

testRule(dataTrace, {
  pass: [
    { title: "no trace", resources: [settings({ dataTraceEnabled: false })] },
    { title: "nothing said, which is no trace", resources: [settings({ loggingLevel: "ERROR" })] },
    { title: "no trace of a single method", resources: [settings({ dataTraceEnabled: false }, "invoke/POST")] },
  ],
  fail: [
    { title: "a trace", resources: [settings({ dataTraceEnabled: true })], findings: TRACE },
    {
      title: "a trace of a single method (a rule that reads */* alone passes it)",
      resources: [settings({ dataTraceEnabled: true }, "invoke/POST")],
      findings: TRACE,
    },
    {
      title: "a trace with execution logs off: raising their level would start it",
      resources: [settings({ dataTraceEnabled: true, loggingLevel: "OFF" })],
      findings: TRACE,
    },
    { title: "a trace as a text", resources: [settings({ dataTraceEnabled: "true" })], findings: TRACE },
  ],
  unknown: [
    {
      title: "a trace that another stack decides",
      resources: [settings({ dataTraceEnabled: unknown })],
      findings: TRACE,
    },
    { title: "settings that are not known", resources: [settings(unknown)], findings: TRACE },
  ],
  notApplicable: [{ title: "a stack without settings", resources: [stage({})] }],
});

testRemedy(dataTrace, "a trace", settings({ dataTraceEnabled: true, loggingLevel: unknown }), {
  ...AT,
  methodPath: "*/*",
  settings: { dataTraceEnabled: false, loggingLevel: UNKNOWN_ON_THE_WIRE },
});

const CLUSTER = [["stage", "cacheClusterEnabled"]] as const;
const CACHED = [["settings", "settings.cachingEnabled"]] as const;

testRule(cache, {
  pass: [
    { title: "no cache", resources: [stage({ cacheClusterEnabled: false }), settings({ cachingEnabled: false })] },
    { title: "nothing said, which is no cache", resources: [stage({}), settings({})] },
    {
      title: "a size of a cache that is off",
      resources: [stage({ cacheClusterEnabled: false, cacheClusterSize: "0.5" })],
    },
  ],
  fail: [
    {
      title: "a cache (checkov CKV_AWS_120 asks for it)",
      resources: [stage({ cacheClusterEnabled: true })],
      findings: CLUSTER,
    },
    {
      title: "an encrypted cache of every method (checkov CKV_AWS_225, trivy AWS-0190 ask for it)",
      resources: [settings({ cachingEnabled: true, cacheDataEncrypted: true })],
      findings: CACHED,
    },
    {
      title: "a cache of one method",
      resources: [stage({}), settings({ cachingEnabled: true, cacheTtlInSeconds: 0 }, "invoke/POST")],
      findings: CACHED,
    },
    {
      title: "both",
      resources: [stage({ cacheClusterEnabled: true }), settings({ cachingEnabled: true })],
      findings: [...CLUSTER, ...CACHED],
    },
  ],
  unknown: [
    {
      title: "a cache that another stack decides",
      resources: [stage({ cacheClusterEnabled: unknown })],
      findings: CLUSTER,
    },
    { title: "settings that are not known", resources: [settings(unknown)], findings: CACHED },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [declare("restApi", "api")] }],
});

testRemedy(cache, "a stage's cache", stage({ cacheClusterEnabled: true, deployment: unknown }), {
  ...AT,
  cacheClusterEnabled: false,
  deployment: UNKNOWN_ON_THE_WIRE,
});
testRemedy(cache, "a method's cache", settings({ cachingEnabled: true, cacheTtlInSeconds: 60 }), {
  ...AT,
  methodPath: "*/*",
  settings: { cachingEnabled: false, cacheTtlInSeconds: 60 },
});

const TRACED = [["stage", "xrayTracingEnabled"]] as const;

testRule(tracing, {
  pass: [
    { title: "traces", resources: [stage({ xrayTracingEnabled: true })] },
    {
      title: "traces that another stack decides where none are wanted",
      resources: [stage({ xrayTracingEnabled: unknown })],
      settings: { required: false },
    },
    {
      title: "no traces where none are wanted",
      resources: [stage({ xrayTracingEnabled: false })],
      settings: { required: false },
    },
  ],
  fail: [
    { title: "no traces", resources: [stage({ xrayTracingEnabled: false })], findings: TRACED },
    { title: "nothing said, which is no traces", resources: [stage({})], findings: TRACED },
    {
      title: "null, which some providers write for nothing",
      resources: [stage({ xrayTracingEnabled: null })],
      findings: TRACED,
    },
  ],
  unknown: [
    {
      title: "traces that another stack decides",
      resources: [stage({ xrayTracingEnabled: unknown })],
      findings: TRACED,
    },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [declare("restApi", "api")] }],
});

testRemedy(tracing, "a stage", stage({ deployment: unknown }), {
  ...AT,
  deployment: UNKNOWN_ON_THE_WIRE,
  xrayTracingEnabled: true,
});

const domain = (securityPolicy?: unknown) =>
  declare("domainName", "domain", {
    domainName: "agent.example.com",
    ...(securityPolicy !== undefined && { securityPolicy }),
  });
const api = (props: Declared["props"]) => declare("restApi", "api", props);
const POLICY = [["domain", "securityPolicy"]] as const;
const API_POLICY = [["api", "securityPolicy"]] as const;

testRule(domainTls, {
  pass: [
    ...[
      "TLS_1_2",
      "SecurityPolicy_TLS12_PFS_2025_EDGE",
      "SecurityPolicy_TLS13_1_2_2021_06",
      "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    ].map((policy) => ({ title: policy, resources: [domain(policy)] })),
    {
      title: "TLS 1.3 alone (a rule of pulumi's compliance policies asks for TLS_1_2 and refuses it)",
      resources: [domain("SecurityPolicy_TLS13_1_3_2025_09")],
    },
    { title: "an API without a policy of its own", resources: [api({})] },
    {
      title: "an API with one where APIs need one",
      resources: [api({ securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" })],
      settings: { defaultEndpoints: true },
    },
    {
      title: "a private API without one, whose endpoint has TLS_1_2",
      resources: [api({ endpointConfiguration: { types: "PRIVATE" } })],
      settings: { defaultEndpoints: true },
    },
  ],
  fail: [
    { title: "TLS_1_0", resources: [domain("TLS_1_0")], findings: POLICY },
    { title: "nothing said, which can be TLS_1_0", resources: [domain()], findings: POLICY },
    { title: "a policy nobody knows", resources: [domain("SecurityPolicy_TLS11_2030")], findings: POLICY },
    { title: "another service's policy", resources: [domain("TLSv1.2_2021")], findings: POLICY },
    { title: "an API with TLS_1_0", resources: [api({ securityPolicy: "TLS_1_0" })], findings: API_POLICY },
    {
      title: "an API without a policy where APIs need one",
      resources: [api({ endpointConfiguration: { types: "REGIONAL" } })],
      settings: { defaultEndpoints: true },
      findings: API_POLICY,
    },
    {
      title: "a private API with TLS_1_0",
      resources: [api({ endpointConfiguration: { types: "PRIVATE" }, securityPolicy: "TLS_1_0" })],
      findings: API_POLICY,
    },
  ],
  unknown: [
    { title: "a policy of another stack", resources: [domain(unknown)], findings: POLICY },
    {
      title: "an API that may be private where APIs need a policy",
      resources: [api({ endpointConfiguration: { types: unknown } })],
      settings: { defaultEndpoints: true },
      findings: API_POLICY,
    },
  ],
  notApplicable: [{ title: "a stack without domains and APIs", resources: [stage({})] }],
});

const KEY_ID = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const deployment = (variables: unknown) => declare("deployment", "deployment", { restApi: "abc123", variables });

testRule(stageVariables, {
  pass: [
    { title: "no variables", resources: [stage({}), deployment(undefined)] },
    {
      title: "a function's alias",
      resources: [stage({ variables: { alias: "live" } }), deployment({ alias: "live" })],
    },
    {
      title: "a secret's ARN",
      resources: [stage({ variables: { dbSecret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db" } })],
    },
    { title: "a number of tokens", resources: [stage({ variables: { maxTokens: "4096" } })] },
  ],
  fail: [
    {
      title: "a password",
      resources: [stage({ variables: { dbPassword: "hunter2" } })],
      findings: [["stage", "variables.dbPassword"]],
    },
    {
      title: "an access key under a harmless name",
      resources: [stage({ variables: { id: KEY_ID } })],
      findings: [["stage", "variables.id"]],
    },
    {
      title: "a token in a deployment",
      resources: [deployment({ authToken: "abc", alias: "live" })],
      findings: [["deployment", "variables.authToken"]],
    },
    {
      title: "a key in a canary",
      resources: [stage({ canarySettings: { deploymentId: "x", stageVariableOverrides: { api_key: "abc" } } })],
      findings: [["stage", "canarySettings.stageVariableOverrides.api_key"]],
    },
    {
      title: "two secrets",
      resources: [stage({ variables: { secret: "a", url: "https://user:pass@example.com" } })],
      findings: [
        ["stage", "variables.secret"],
        ["stage", "variables.url"],
      ],
    },
  ],
  unknown: [
    {
      title: "a value of another stack",
      resources: [stage({ variables: { alias: unknown } })],
      findings: [["stage", "variables.alias"]],
    },
    {
      title: "variables that are not known",
      resources: [deployment(unknown)],
      findings: [["deployment", "variables"]],
    },
  ],
  notApplicable: [{ title: "a stack without stages", resources: [api({})] }],
});

describe("fd-apigateway-stage-variables", () => {
  it("does not show the credential", async () => {
    const resources = analyzed([stage({ variables: { dbPassword: "hunter2", id: KEY_ID } })], "update");
    const { findings } = await analyze(packOf([stageVariables]), resources, everywhere());
    assert.equal(findings.length, 2);
    for (const { message } of findings) assert.doesNotMatch(message, /hunter2|AKIA/);
  });
});
