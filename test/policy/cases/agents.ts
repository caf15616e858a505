import { declare } from "../support/declare";
import { document, stops, type Change } from "./case";

const RUNTIME = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";

const lock = (name: string, resourceArn: string) =>
  declare("agentResourcePolicy", name, {
    resourceArn,
    policy: document({
      Effect: "Allow",
      Principal: "*",
      Action: "bedrock-agentcore:InvokeAgentRuntime",
      Resource: resourceArn,
      Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
    }),
  });

export const AGENTS: readonly Change[] = [
  stops(
    "cognito",
    "a user pool with short passwords and without a second factor",
    "fd-cognito-user-pool",
    (program) => {
      const pool = program.get("aws:cognito/userPool:UserPool");
      program.set(pool, "mfaConfiguration", "OFF");
      program.set(pool, "passwordPolicy", { minimumLength: 6 });
      return [];
    },
  ),
  stops("sample-agent", "a secret in the agent's variables", "fd-agentcore-runtime-environment", (program) => {
    program.set(program.get("agentRuntime"), "environmentVariables", { API_KEY: "sk-abcdefghijklmnopqrstuvwx" });
    return [];
  }),
  stops("sample-agent", "a policy that opens the bucket of the agent's code", "fd-agentcore-code-bucket", (program) => {
    program.set(
      program.get("aws:s3/bucketPolicy:BucketPolicy"),
      "policy",
      document({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "arn:aws:s3:::front-door-sample-agent-code/*",
      }),
    );
    return [];
  }),
  stops("buffered", "an agent's policy for every address", "fd-agentcore-resource-policy", () => [
    lock("runtime", RUNTIME),
    lock("endpoint", `${RUNTIME}/runtime-endpoint/DEFAULT`),
  ]),
  stops("private", "a group of the agent's endpoint that is open to all", "fd-ec2-agentcore-endpoint", (program) => [
    declare("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "all", {
      securityGroupId: program.get("securityGroup", "endpoints").out("id"),
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    }),
  ]),
  stops("sample-agent", "two policies for one agent", "fd-stack-one-owner", () =>
    ["one", "two"].map((name) =>
      declare("agentResourcePolicy", name, {
        resourceArn: RUNTIME,
        policy: document({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:role/door" },
          Action: "bedrock-agentcore:InvokeAgentRuntime",
          Resource: "*",
        }),
      }),
    ),
  ),
];
