import { declare, text } from "../support/declare";
import { document, says, stops, type Change } from "./case";

const POLICIES = "fd-iam-managed-policies";
const door = "-fn-role";

export const ROLES: readonly Change[] = [
  stops("buffered", "an administrator by the role's list of attachments", POLICIES, (program) => [
    declare("rolePolicyAttachmentsExclusive", "all", {
      roleName: program.get("role", door).out("name"),
      policyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    }),
  ]),
  stops("buffered", "all of AgentCore for a group", POLICIES, () => [
    declare("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "everybody", {
      group: "everybody",
      policyArn: "arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess",
    }),
  ]),
  stops("buffered", "all of AgentCore for a user", POLICIES, () => [
    declare("aws:iam/userPolicyAttachment:UserPolicyAttachment", "somebody", {
      user: "somebody",
      policyArn: "arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess",
    }),
  ]),
  stops("buffered", "another role that may rewrite every function", "fd-stack-ingress", () => [
    declare("rolePolicy", "deployer", {
      role: "deployer",
      policy: document({
        Effect: "Allow",
        Action: "lambda:UpdateFunctionCode",
        Resource: "arn:aws:lambda:*:*:function:*",
      }),
    }),
  ]),
  stops("buffered", "a door's role that a virtual machine may assume as well", "fd-iam-trust-policy", (program) => {
    program.set(
      program.get("role", door),
      "assumeRolePolicy",
      document(
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
      ),
    );
    return [];
  }),
  stops("buffered", "a role that may be passed by the prefix of its name", "fd-iam-pass-role", () => [
    declare("rolePolicy", "deployer", {
      role: "deployer",
      policy: document({
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::123456789012:role/front-door*",
        Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      }),
    }),
  ]),
  says(
    "buffered",
    "a document of the door's role with the ARN of another role that is not known, and all of AgentCore",
    "fd-iam-agent-actions fd-iam-admin",
    (program) => {
      const other = declare("role", "other", {
        assumeRolePolicy: document({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "lambda.amazonaws.com" },
        }),
      });
      return [
        other,
        declare("rolePolicy", "more", {
          role: program.get("role", door).out("name"),
          policy: text`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"bedrock-agentcore:*","Resource":"*"},{"Effect":"Allow","Action":"sts:TagSession","Resource":"${other.out("arn")}"}]}`,
        }),
      ];
    },
  ),
  stops(
    "buffered",
    "a document that says what it allows twice, in small letters too",
    "fd-iam-agent-actions fd-iam-admin",
    (program) => [
      declare("rolePolicy", "more", {
        role: program.get("role", door).out("name"),
        policy: document({
          Effect: "Allow",
          Action: "bedrock-agentcore:InvokeAgentRuntime",
          action: "bedrock-agentcore:*",
          Resource: "*",
        }),
      }),
    ],
  ),
  stops(
    "buffered",
    "a role that may call the agent's session proxy on everything",
    "fd-iam-agent-actions fd-iam-agent-resources",
    () => [
      declare("rolePolicy", "proxy", {
        role: "proxy",
        policy: document({ Effect: "Allow", Action: "bedrock-agentcore:InvokeAgentRuntimeProxy", Resource: "*" }),
      }),
    ],
  ),
];
