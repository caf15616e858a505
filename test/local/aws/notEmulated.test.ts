import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EMULATES, notEmulated, unknownInputs, unknownTypes } from "../../../local/aws/notEmulated";
import { Graph, TYPES, type Resource } from "../../../local/program/graph";
import { ROOT } from "../../support/local/frontDoor";
import { runStack, TEST_STACKS } from "../../support/stacks";

const declare = (type: string, inputs: Record<string, unknown> = {}): Resource => ({
  urn: `urn:pulumi:test::front-door::${type}::it`,
  type,
  name: "it",
  parent: "",
  custom: true,
  protect: false,
  ignoreChanges: [],
  id: "it",
  inputs,
  outputs: inputs,
  wire: undefined,
  computed: {},
  dependencies: [],
  propertyDependencies: new Map(),
});
const list = (type: string, inputs: Record<string, unknown>): string[] =>
  notEmulated(new Graph([declare(type, inputs)]), "sigv4");

describe("what the local target does not emulate", () => {
  for (const stack of ["dev", ...TEST_STACKS]) {
    it(`${stack}: each type and each input is emulated, or has a sentence`, async () => {
      const graph = await runStack(stack, false);
      assert.deepEqual(unknownTypes(graph), []);
      assert.deepEqual(unknownInputs(graph), []);
    });
  }

  it("has these lines for dev, in this order", async () => {
    assert.deepEqual(notEmulated(await runStack("dev", false), "sigv4"), [
      "web ACL rules AWSManagedRulesAmazonIpReputationList, AWSManagedRulesKnownBadInputsRuleSet, AWSManagedRulesCommonRuleSet: only rules on addresses, rates and the body's size are evaluated",
      "logs of web ACLs: a request that one blocks is named in this terminal only",
      "throttles and quotas of stages, methods and usage plans",
      "log groups: functions log to this terminal; there are no access logs",
      "X-Ray traces",
      "trust policies of roles: a function has its role's rights, whoever the role trusts",
      "IAM policies of your own callers: the printed key may call execute-api:Invoke, and the Function URL if a permission names its principal",
      "versions of runtimes: every runtime and endpoint is the same agent",
      "one microVM per session: a single agent process serves all sessions",
      "service limits on time between bytes, and Lambda's bandwidth cap",
    ]);
  });

  it("says once that a local issuer stands in for the one that an edge trusts", async () => {
    const says = notEmulated(await runStack("public-edge-users", false), "sigv4");
    assert.equal(says.filter((line) => /^the issuer https:.*stands in for it$/.test(line)).length, 1, says.join("\n"));
    assert.ok(!notEmulated(await runStack("public-edge", false), "sigv4").some((line) => line.includes("stands in")));
  });

  it("knows every type that a program can register", () => {
    for (const type of Object.values(TYPES)) assert.ok(type in EMULATES, `${type}: add it to a double's emulates.ts`);
  });

  it("names a type that no double knows", () => {
    const graph = new Graph([declare("aws:apigateway/vpcLink:VpcLink"), declare(TYPES.resource)]);
    assert.deepEqual(unknownTypes(graph), ["aws:apigateway/vpcLink:VpcLink: no double knows this type"]);
    assert.ok(notEmulated(graph, "sigv4").includes("aws:apigateway/vpcLink:VpcLink: no double knows this type"));
  });

  for (const [type, input] of [
    [TYPES.permission, "sourceAccount"],
    [TYPES.permission, "principalOrgId"],
    [TYPES.stage, "clientCertificateId"],
    [TYPES.requestValidator, "validateRequestParameters"],
    [TYPES.method, "requestParameters"],
    [TYPES.role, "permissionsBoundary"],
    [TYPES.alias, "routingConfig"],
    [TYPES.authorizer, "authorizerCredentials"],
  ] as const) {
    it(`names the guard \`${input}\` of ${type}, which no double enforces`, () => {
      assert.ok(list(type, { [input]: "x" }).includes(`\`${input}\` of ${type}: it is not enforced`));
      assert.ok(!list(type, {}).some((line) => line.includes(input)));
    });
  }

  for (const [title, type, inputs, says] of [
    ["a default action that blocks", TYPES.webAcl, { defaultAction: { block: {} } }, /^web ACLs that block by default/],
    [
      "a rule that asks for a CAPTCHA",
      TYPES.webAcl,
      { rules: [{ name: "r", priority: 1, action: { captcha: {} }, statement: {} }] },
      /^web ACL rules r: only their actions/,
    ],
    ["a REQUEST authorizer", TYPES.authorizer, { type: "REQUEST" }, /^authorizers of type REQUEST/],
    [
      "a second user pool",
      TYPES.authorizer,
      { type: "COGNITO_USER_POOLS", providerArns: ["a:b:c:d:e:f", "g"] },
      /^authorizers with several user pools/,
    ],
    [
      "a restriction by country",
      TYPES.distribution,
      { restrictions: { geoRestriction: { restrictionType: "whitelist" } } },
      /^CloudFront's restrictions by country/,
    ],
    ["a distribution that is off", TYPES.distribution, { enabled: false }, /^distributions that are switched off/],
    [
      "an error page",
      TYPES.distribution,
      { customErrorResponses: [{ errorCode: 404, responseCode: 200 }] },
      /^CloudFront's error pages/,
    ],
    ["a managed policy", TYPES.role, { managedPolicyArns: ["arn"] }, /^managed policies of roles/],
    ["a quota", TYPES.usagePlan, { quotaSettings: { limit: 1 } }, /^throttles and quotas/],
    ["a topic", TYPES.topic, {}, /^SNS topics/],
    ["a bucket of your own", TYPES.bucketPolicy, { policy: "{}" }, /^S3 buckets/],
    ["a record of your own", TYPES.record, {}, /^DNS records/],
  ] as const) {
    it(`names ${title}`, () => {
      const lines = list(type, inputs);
      assert.ok(
        lines.some((line) => says.test(line)),
        lines.join("\n"),
      );
    });
  }

  it("claims no input that no double reads", () => {
    const sources = (folder: string): string[] =>
      readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return sources(path);
        return entry.name === "emulates.ts" ? [] : [readFileSync(join(ROOT, path), "utf8")];
      });
    const code = sources("local/aws")
      .join("\n")
      .replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
    for (const [type, { enforces }] of Object.entries(EMULATES))
      for (const input of enforces) assert.match(code, new RegExp(`\\b${input}\\b`), `${type}.${input}`);
  });
});
