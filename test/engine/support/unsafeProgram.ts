import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { runtime } from "./config";

const LAMBDA = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const allow = (Action: string, Resource: string) => ({ Effect: "Allow", Action, Resource });

/** Names of what is wrong in `unsafeProgram`. */
export const UNSAFE: readonly string[] = [
  "open-url",
  "plain-cors-url",
  "anybody",
  "timer",
  "bucket",
  "rewriter",
  "shortcut",
  "all-rights",
  "hijacked",
  "with-secret",
  "any-principal",
];

/** A program of 40 resources around agents, of which those in `UNSAFE` let somebody in, or let him read or change a door. */
export function unsafeProgram(): void {
  const role = (name: string, trust: object = LAMBDA) => new aws.iam.Role(name, { assumeRolePolicy: document(trust) });
  const fn = (name: string, its: aws.iam.Role, variables: Record<string, string> = {}) =>
    new aws.lambda.Function(name, {
      role: its.arn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler = () => {};") }),
      environment: { variables: { AGENT_RUNTIME_ARN: runtime("my_agent"), ...variables } },
    });
  const rights = (name: string, its: aws.iam.Role, ...statements: readonly object[]) =>
    new aws.iam.RolePolicy(name, { role: its.name, policy: document(...statements) });

  const doorRole = role("door-role");
  const door = fn("door", doorRole);
  new aws.lambda.FunctionUrl("open-url", { functionName: door.name, authorizationType: "NONE" });
  new aws.lambda.Permission("anybody", { function: door.name, action: "lambda:InvokeFunction", principal: "*" });
  new aws.lambda.Permission("timer", {
    function: door.name,
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
  });
  new aws.lambda.Permission("bucket", {
    function: door.name,
    action: "lambda:InvokeFunction",
    principal: "s3.amazonaws.com",
  });
  rights("all-rights", doorRole, allow("bedrock-agentcore:*", "*"));

  const second = fn("second", role("second-role"));
  new aws.lambda.FunctionUrl("plain-cors-url", {
    functionName: second.name,
    authorizationType: "AWS_IAM",
    cors: { allowOrigins: ["http://pages.example.com"], allowMethods: ["POST"] },
  });
  fn("hijacked", role("hijacked-role"), { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/other" });
  fn("with-secret", role("with-secret-role"), { API_SECRET: "Zk93jdh2kd8s7fh3j2kdQ8" });
  fn("assumed", role("any-principal", { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }));
  rights("rewriter", role("rewriter-role"), allow("lambda:UpdateFunctionCode", "*"));
  rights("shortcut", role("shortcut-role"), allow("bedrock-agentcore:InvokeAgentRuntime", "*"));
  // What has nothing to do with an agent.
  for (let each = 0; each < 20; each++)
    new aws.cloudwatch.LogGroup(`application-${String(each)}`, { retentionInDays: 30 });
}
