import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackConfig } from "../../../local/policyHost/host";
import { packOf } from "../../../policy/pack/pack";
import { RULES } from "../../../policy/rules";
import { ROOT } from "../../support/local/frontDoor";
import { runStack } from "../../support/stacks";
import { analyzed, declare, unknown, type Declared, type Mode } from "../support/declare";
import { analyze } from "../support/sdk";
import { document } from "./case";
import { WITHOUT_DOORS } from "./withoutDoors";

const PROD = JSON.parse(readFileSync(join(ROOT, "policy/prod.json"), "utf8")) as PackConfig;
const MODES: readonly Mode[] = ["preview", "update"];

/** What the rules say, and what the pack says of its scope. */
async function judge(resources: readonly Declared[], mode: Mode, config: PackConfig = {}) {
  const { findings, scope } = await analyze(packOf(RULES), analyzed(resources, mode), config);
  return {
    rules: findings.map(({ policy, message }) => `${policy}: ${message}`),
    policies: findings.map(({ policy }) => policy.replace(/-unproven$/, "")),
    scope,
  };
}

describe("programs that have nothing to do with an agent", () => {
  for (const { title, resources } of WITHOUT_DOORS)
    it(`have no finding: ${title}`, async () => {
      for (const mode of MODES)
        for (const config of [{}, PROD]) {
          const { rules, scope } = await judge(resources, mode, config);
          assert.deepEqual(rules, [], mode);
          assert.deepEqual(scope, [
            `0 doors, ${resources.length.toString()} resource${resources.length === 1 ? "" : "s"} out of scope`,
          ]);
        }
    });

  it("are judged with the scope `all`", async () => {
    const silent: string[] = [];
    for (const { title, resources } of WITHOUT_DOORS) {
      const { rules } = await judge(resources, "update", { "fd-pack": { scope: "all" } });
      if (rules.length === 0) silent.push(title);
    }
    assert.ok(silent.length <= 3, silent.join(", "));
  });

  it("change nothing of what is said of a door beside them", async () => {
    for (const mode of MODES) {
      const { resources: door } = await runStack("buffered", mode === "preview");
      const alone = await analyze(packOf(RULES), door);
      const judged = (findings: typeof alone.findings) => findings.map(({ policy, urn }) => `${policy} ${urn}`);
      const quiet = WITHOUT_DOORS.filter(
        // What may open or change every function, or what nobody can look into, has to do with a door.
        ({ title }) => !/administrator|build project|state machine|Kubernetes|CloudFormation/.test(title),
      );
      for (const { title, resources } of quiet) {
        const { findings } = await analyze(packOf(RULES), [...door, ...analyzed(resources, mode, "buffered")]);
        assert.deepEqual(judged(findings), judged(alone.findings), `${title}, ${mode}`);
      }
    }
  });
});

const RUNTIME = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";
const trust = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } });
const elsewhere = declare("pulumi:pulumi:StackReference", "platform", { name: "org/platform/prod" });

/** An open URL before a function; each program hides in another way what the function may do. */
const open = (props: object, ...more: readonly Declared[]): readonly Declared[] => {
  const fn = declare("function", "door", { runtime: "nodejs24.x", handler: "index.handler", ...props });
  return [...more, fn, declare("functionUrl", "open", { functionName: fn.out("name"), authorizationType: "NONE" })];
};

function withRole(...policies: (readonly [type: "rolePolicy" | "rolePolicyAttachment", props: object])[]) {
  const role = declare("role", "door", { assumeRolePolicy: trust });
  return open(
    { role: role.out("arn") },
    role,
    ...policies.map(([type, props], index) =>
      declare(type, `rights-${index.toString()}`, { role: role.out("name"), ...props }),
    ),
  );
}

const invoke = document({ Effect: "Allow", Action: "bedrock-agentcore:InvokeAgentRuntime", Resource: RUNTIME });

const HIDDEN: readonly (readonly [title: string, resources: readonly Declared[]])[] = [
  [
    "a variable with an agent's ARN",
    open({ role: "arn:aws:iam::123456789012:role/basic", environment: { variables: { A: RUNTIME } } }),
  ],
  ["a role of another stack, by its ARN", open({ role: "arn:aws:iam::123456789012:role/door" })],
  ["a role of another stack, by a reference", open({ role: elsewhere.out("outputs") }, elsewhere)],
  ["a role that is not known", open({ role: unknown })],
  ["a document that names the action", withRole(["rolePolicy", { policy: invoke }])],
  ["a document that is not known", withRole(["rolePolicy", { policy: unknown }])],
  ["a document out of another stack", [elsewhere, ...withRole(["rolePolicy", { policy: elsewhere.out("document") }])]],
  ["a document that is no JSON", withRole(["rolePolicy", { policy: "{" }])],
  [
    "an administrator",
    withRole(["rolePolicyAttachment", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }]),
  ],
  [
    "rights to everything",
    withRole(["rolePolicy", { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) }]),
  ],
  [
    "rights by what is not named",
    withRole(["rolePolicy", { policy: document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }) }]),
  ],
  [
    "a managed policy of another stack",
    withRole(["rolePolicyAttachment", { policyArn: "arn:aws:iam::123456789012:policy/door" }]),
  ],
  [
    "a function of another stack",
    [declare("functionUrl", "open", { functionName: "theirs", authorizationType: "NONE" })],
  ],
  [
    "a host of AgentCore",
    open({
      role: "arn:aws:iam::123456789012:role/basic",
      environment: { variables: { HOST: "https://bedrock-agentcore.us-east-1.amazonaws.com" } },
    }),
  ],
];

describe("an open Function URL before a function", () => {
  for (const [title, resources] of HIDDEN)
    it(`is a door, and stops: ${title}`, async () => {
      for (const mode of MODES) {
        const { policies, scope } = await judge(resources, mode);
        assert.ok(policies.includes("fd-lambda-function-url-aws-iam"), `${mode}: ${policies.join(" ")}`);
        assert.match(scope.join(), /^[1-9]\d* doors?/);
      }
    });

  it("is none without a way to an agent", async () => {
    const resources = withRole([
      "rolePolicy",
      { policy: document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }) },
    ]);
    assert.deepEqual((await judge(resources, "update")).rules, []);
  });
});

describe("the setting expectDoors", () => {
  const expecting = async (...expectDoors: readonly string[]) =>
    (await judge(withRole(["rolePolicy", { policy: invoke }]), "update", { "fd-pack": { expectDoors } })).rules.filter(
      (said) => said.startsWith("fd-pack"),
    );

  it("says nothing of a door that is found", async () => {
    assert.deepEqual(await expecting("door"), []);
  });

  it("makes a finding of a door that is not found", async () => {
    const [missed, ...more] = await expecting("door", "second-door");
    assert.equal(more.length, 0);
    assert.match(missed ?? "", /expectDoors names "second-door".*Found: door\./s);
  });
});
