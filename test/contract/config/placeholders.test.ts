import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LOCAL_USER_ID, validatePlaceholders } from "../../../contract/config/placeholders";
import { ROOT } from "../../support/local/frontDoor";
import { TEST_STACKS } from "../../support/stacks";

const ACCOUNT = "210987654321";
const mistakes = (config: object, accountId = ACCOUNT, userId?: string) => [
  ...validatePlaceholders(config, accountId, userId),
];
const own = (text: string) => text.replace("123456789012", ACCOUNT);

/** By the path that the message names: a value that is left from a documentation, and one that is not. */
const VALUES: readonly (readonly [path: string, config: (value: string) => object, example: string, right: string])[] =
  [
    [
      "agentRuntimeArn",
      (agentRuntimeArn) => ({ agentRuntimeArn }),
      "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/chat-Zk3vQ9xT1b",
      "arn:aws:bedrock-agentcore:us-east-1:998877665544:runtime/chat-Zk3vQ9xT1b",
    ],
    [
      "agentRuntimeArn",
      (agentRuntimeArn) => ({ agentRuntimeArn }),
      own("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5"),
      own("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-Zk3vQ9xT1b"),
    ],
    [
      "agentRuntimeArn",
      (agentRuntimeArn) => ({ agentRuntimeArn }),
      own("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-AbCdEf1234"),
      own("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-AbCdEf1235"),
    ],
    [
      "agents.billing.agentRuntimeArn",
      (agentRuntimeArn) => ({ agents: { billing: { agentRuntimeArn } } }),
      "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/chat-Zk3vQ9xT1b",
      "arn:aws:bedrock-agentcore:us-east-1:210987654321:runtime/chat-Zk3vQ9xT1b",
    ],
    [
      "callers[1]",
      (value) => ({ callers: ["arn:aws:iam::210987654321:role/web", value] }),
      "arn:aws:iam::123456789012:role/agent-client",
      "arn:aws:iam::210987654321:role/agent-client",
    ],
    ["callers[0]", (value) => ({ callers: [value] }), "123456789012", "998877665544"],
    ["resourcePolicy.accounts[0]", (value) => ({ resourcePolicy: { accounts: [value] } }), "111122223333", ACCOUNT],
    [
      "breakGlassPrincipals[0]",
      (value) => ({ breakGlassPrincipals: [value] }),
      "arn:aws-us-gov:iam::123456789012:role/break-glass",
      "arn:aws-us-gov:iam::210987654321:role/break-glass",
    ],
    [
      "domain.certificateArn",
      (certificateArn) => ({ domain: { certificateArn } }),
      own("arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"),
      own("arn:aws:acm:us-east-1:123456789012:certificate/6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9e"),
    ],
    ["domain.name", (name) => ({ domain: { name } }), "agent.example.com", "agent.example.company.com"],
    [
      "edgeDomain.hostedZoneId",
      (hostedZoneId) => ({ edgeDomain: { hostedZoneId } }),
      "Z0123456789ABCDEFGHIJ",
      "Z08842",
    ],
    [
      "alarmTopicArns[0]",
      (value) => ({ alarmTopicArns: [value] }),
      "arn:aws:sns:us-east-1:123456789012:on-call",
      "arn:aws:sns:us-east-1:210987654321:on-call",
    ],
    [
      "logKmsKeyArn",
      (logKmsKeyArn) => ({ logKmsKeyArn }),
      own("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
      own("arn:aws:kms:us-east-1:123456789012:key/9234abcd-12ab-34cd-56ef-1234567890ab"),
    ],
    [
      "cognito.userPoolArn",
      (userPoolArn) => ({ cognito: { userPoolArn } }),
      own("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123"),
      own("arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf124"),
    ],
    [
      "customAuthorizer.functionArn",
      (functionArn) => ({ customAuthorizer: { functionArn } }),
      "arn:aws:lambda:us-east-1:123456789012:function:my-authorizer:live",
      "arn:aws:lambda:us-east-1:210987654321:function:my-authorizer:live",
    ],
    [
      "jwt.issuer",
      (issuer) => ({ jwt: { issuer } }),
      "https://login.example.com/",
      "https://login.example.com.acme.io/",
    ],
    ["corsOrigins[0]", (value) => ({ corsOrigins: [value] }), "https://app.example.org", "http://localhost:3000"],
    ["vpcId", (vpcId) => ({ vpcId }), "vpc-0a1b2c3d4e5f60718", "vpc-0a1b2c3d4e5f6a718"],
    ["wafBlockIps[0]", (value) => ({ wafBlockIps: [value] }), "203.0.113.0/24", "203.1.113.0/24"],
    [
      "resourcePolicy.allowIps[0]",
      (value) => ({ resourcePolicy: { allowIps: [value] } }),
      "2001:db8::/32",
      "2001:db9::/32",
    ],
  ];

describe("an example of a documentation that is left in a config", () => {
  for (const [path, config, example, right] of VALUES) {
    it(`is named with its key and what to do: ${path} ${example}`, () => {
      const [said = "", ...more] = mistakes(config(example));
      assert.deepEqual(more, []);
      assert.ok(said.startsWith(`\`${path}\` is ${JSON.stringify(example)}`), said);
      assert.match(said, /is an example of the documentation.*210987654321.*Set it to your own value, or remove it\.$/);
    });

    it(`is not taken for one if it is not: ${path} ${right}`, () => {
      assert.deepEqual(mistakes(config(right)), []);
    });
  }

  it("is in every stack to copy, in each key that a newcomer must set", () => {
    for (const stack of ["dev", ...TEST_STACKS]) {
      const folder = stack === "dev" ? ROOT : join(ROOT, "stacks");
      const { config } = parse(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8")) as {
        config: Record<string, unknown>;
      };
      const values = Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.split(":")[1] ?? key, value] as const),
      );
      const found = mistakes(values);
      if ("agentRuntimeArn" in values)
        assert.ok(
          found.some((text) => text.startsWith("`agentRuntimeArn`")),
          stack,
        );
    }
  });

  it("is welcome where nothing is deployed to an account of yours", () => {
    const config = { agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5" };
    assert.equal(mistakes(config).length, 1);
    assert.deepEqual(mistakes(config, ACCOUNT, LOCAL_USER_ID), [], "the local target");
    for (const emulator of ["000000000000", "123456789012"]) assert.deepEqual(mistakes(config, emulator), []);
  });
});
