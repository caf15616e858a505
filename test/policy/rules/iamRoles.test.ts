import { managedPolicies } from "../../../policy/rules/iam/managedPolicies";
import { rolePolicyConflict } from "../../../policy/rules/iam/rolePolicyConflict";
import { trustPolicy } from "../../../policy/rules/iam/trustPolicy";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { allow, policy } from "../support/iam";

const attach = (policyArn: unknown) => [declare("rolePolicyAttachment", "attached", { role: "door", policyArn })];
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const own = declare("policy", "own", { name: "own", policy: policy() });

testRule(managedPolicies, {
  pass: [
    { title: "a policy of one's own", resources: attach("arn:aws:iam::123456789012:policy/x") },
    { title: "the basic one for functions", resources: attach(ofAws("service-role/AWSLambdaBasicExecutionRole")) },
    {
      title: "one that the stack allows",
      resources: attach(ofAws("AmazonS3ReadOnlyAccess")),
      settings: { allowed: ["AmazonS3ReadOnlyAccess"] },
    },
    { title: "a policy that the stack makes", resources: [own, ...attach(own.out("arn"))] },
    {
      title: "a policy that the stack makes, in a role's list",
      resources: [own, declare("role", "door", { managedPolicyArns: [own.out("arn")] })],
    },
    { title: "a role without any", resources: [declare("role", "door", { managedPolicyArns: [] })] },
  ],
  fail: [
    ...["AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "BedrockAgentCoreFullAccess", "ReadOnlyAccess"].map(
      (name) => ({
        title: name,
        resources: attach(ofAws(name)),
        findings: [["attached", "policyArn"]] as const,
      }),
    ),
    {
      title: "one in another partition and on a path",
      resources: attach("arn:aws-cn:iam::aws:policy/job-function/SystemAdministrator"),
      findings: [["attached", "policyArn"]],
    },
    {
      title: "one in a role's list",
      resources: [
        declare("role", "door", {
          managedPolicyArns: ["arn:aws:iam::123456789012:policy/x", ofAws("AdministratorAccess")],
        }),
      ],
      findings: [["door", "managedPolicyArns[1]"]],
    },
    {
      title: "one for several roles",
      resources: [
        declare("policyAttachment", "attached", { roles: ["door"], policyArn: ofAws("AmazonBedrockFullAccess") }),
      ],
      findings: [["attached", "policyArn"]],
    },
    {
      title: "the basic one where the stack allows none",
      resources: attach(ofAws("service-role/AWSLambdaBasicExecutionRole")),
      settings: { allowed: [] },
      findings: [["attached", "policyArn"]],
    },
  ],
  unknown: [
    { title: "an ARN of another stack", resources: attach(unknown), findings: [["attached", "policyArn"]] },
    {
      title: "a list that is not known",
      resources: [declare("role", "door", { managedPolicyArns: unknown })],
      findings: [["door", "managedPolicyArns"]],
    },
    {
      title: "one of a list that is not known",
      resources: [
        declare("role", "door", { managedPolicyArns: [ofAws("service-role/AWSLambdaBasicExecutionRole"), unknown] }),
      ],
      findings: [["door", "managedPolicyArns[1]"]],
    },
  ],
  notApplicable: [{ title: "a stack without roles", resources: [declare("logGroup", "logs")] }],
});

const trust = (...statements: object[]) => [declare("role", "door", { assumeRolePolicy: policy(...statements) })];
const assume = (Principal: unknown, more: object = {}) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal,
  ...more,
});
const LAMBDA = { Service: "lambda.amazonaws.com" };
const AGENTCORE = { Service: "bedrock-agentcore.amazonaws.com" };
const ROOT = "arn:aws:iam::123456789012:root";
const principal = [["door", "Statement[0].Principal"]] as const;
const condition = [["door", "Statement[0].Condition"]] as const;

testRule(trustPolicy, {
  pass: [
    { title: "Lambda", resources: trust(assume(LAMBDA)) },
    {
      title: "two services",
      resources: trust(assume({ Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] })),
    },
    {
      title: "AgentCore for one account",
      resources: trust(assume(AGENTCORE, { Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } })),
    },
    {
      title: "AgentCore for its resources",
      resources: trust(
        assume(AGENTCORE, {
          Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/*" } },
        }),
      ),
    },
    {
      title: "an account that the stack allows",
      resources: trust(assume({ AWS: ROOT })),
      settings: { principals: [ROOT] },
    },
    { title: "a Deny of everybody", resources: trust(assume(LAMBDA), { ...assume("*"), Effect: "Deny" }) },
    {
      title: "an object in place of JSON text",
      resources: [declare("role", "door", { assumeRolePolicy: { Statement: assume(LAMBDA) } })],
    },
    { title: "a service in China", resources: trust(assume({ Service: "ec2.amazonaws.com.cn" })) },
  ],
  fail: [
    { title: "everybody", resources: trust(assume("*")), findings: principal },
    { title: "every account", resources: trust(assume({ AWS: "*" })), findings: principal },
    {
      title: "everybody with a condition",
      resources: trust(
        assume({ AWS: ["*"] }, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } }),
      ),
      findings: principal,
    },
    { title: "an account that nobody allowed", resources: trust(assume({ AWS: ROOT })), findings: principal },
    {
      title: "an identity provider that nobody allowed",
      resources: trust(assume({ Federated: "cognito-identity.amazonaws.com" })),
      findings: principal,
    },
    { title: "every service", resources: trust(assume({ Service: "*" })), findings: principal },
    {
      title: "a service beside an account",
      resources: trust(assume({ ...LAMBDA, AWS: "123456789012" })),
      findings: principal,
    },
    {
      title: "everybody but one",
      resources: trust({ Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: ROOT } }),
      findings: [["door", "Statement[0].NotPrincipal"]],
    },
    { title: "AgentCore for everybody's account", resources: trust(assume(AGENTCORE)), findings: condition },
    {
      title: "AgentCore for any account",
      resources: trust(assume(AGENTCORE, { Condition: { StringLike: { "aws:SourceAccount": "*" } } })),
      findings: condition,
    },
    {
      title: "AgentCore for any ARN",
      resources: trust(assume(AGENTCORE, { Condition: { ArnLike: { "aws:SourceArn": "arn:*:*:*:*:*" } } })),
      findings: condition,
    },
    {
      title: "AgentCore where there is no account",
      resources: trust(
        assume(AGENTCORE, { Condition: { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } } }),
      ),
      findings: condition,
    },
    {
      title: "AgentCore for all accounts but one",
      resources: trust(assume(AGENTCORE, { Condition: { StringNotEquals: { "aws:SourceAccount": "123456789012" } } })),
      findings: condition,
    },
    {
      title: "Lambda, where the stack pins it as well",
      resources: trust(assume(LAMBDA)),
      settings: { pinnedServices: ["lambda.amazonaws.com"] },
      findings: condition,
    },
  ],
  unknown: [
    {
      title: "a document from elsewhere",
      resources: [declare("role", "door", { assumeRolePolicy: unknown })],
      findings: [["door", "assumeRolePolicy"]],
    },
    {
      title: "a principal that is not known",
      resources: [declare("role", "door", { assumeRolePolicy: { Statement: [assume({ AWS: unknown })] } })],
      findings: principal,
    },
    {
      title: "a condition that is not known",
      resources: [
        declare("role", "door", { assumeRolePolicy: { Statement: [assume(AGENTCORE, { Condition: unknown })] } }),
      ],
      findings: condition,
    },
  ],
  notApplicable: [{ title: "a stack without roles", resources: [declare("logGroup", "logs")] }],
});

const inline = declare("role", "door", { name: "door", inlinePolicies: [{ name: "log", policy: policy() }] });
const managed = declare("role", "door", { name: "door", managedPolicyArns: [ofAws("ReadOnlyAccess")] });
const plain = declare("role", "door", { name: "door" });
const added = (props: object) => declare("rolePolicy", "added", { policy: policy(allow("s3:GetObject")), ...props });

testRule(rolePolicyConflict, {
  pass: [
    { title: "policies in the role alone", resources: [inline] },
    {
      title: "policies beside the role alone",
      resources: [
        plain,
        added({ role: plain.out("id") }),
        declare("rolePoliciesExclusive", "all", { roleName: plain.out("name"), policyNames: ["added"] }),
      ],
    },
    { title: "policies of another role", resources: [inline, added({ role: "other" })] },
    {
      title: "inline policies and attached ones",
      resources: [
        inline,
        declare("rolePolicyAttachment", "attached", { role: inline.out("name"), policyArn: ofAws("ReadOnlyAccess") }),
      ],
    },
    {
      title: "a refreshed role, which lists what others added",
      resources: [inline, added({ role: inline.out("id"), name: "log" })],
    },
    {
      title: "a refreshed role, which lists what others attached",
      resources: [
        managed,
        declare("rolePolicyAttachment", "attached", { role: managed.out("name"), policyArn: ofAws("ReadOnlyAccess") }),
      ],
    },
    {
      title: "empty lists",
      resources: [
        declare("role", "door", { name: "door", inlinePolicies: [], managedPolicyArns: [] }),
        added({ role: "door" }),
      ],
    },
  ],
  fail: [
    {
      title: "inline policies and a RolePolicy",
      resources: [inline, added({ role: inline.out("id"), name: "more" })],
      findings: [["door", "inlinePolicies"]],
    },
    {
      title: "inline policies and a RolePolicy that Pulumi names",
      resources: [inline, added({ role: "door" })],
      modes: ["preview"],
      findings: [["door", "inlinePolicies"]],
    },
    {
      title: "a list of managed policies and an attachment",
      resources: [
        managed,
        declare("rolePolicyAttachment", "attached", { role: managed.out("name"), policyArn: ofAws("SecurityAudit") }),
      ],
      findings: [["door", "managedPolicyArns"]],
    },
    {
      title: "inline policies and RolePoliciesExclusive",
      resources: [inline, declare("rolePoliciesExclusive", "all", { roleName: inline.out("name"), policyNames: [] })],
      findings: [["door", "inlinePolicies"]],
    },
    {
      title: "a list of managed policies and RolePolicyAttachmentsExclusive",
      resources: [managed, declare("rolePolicyAttachmentsExclusive", "all", { roleName: "door", policyArns: [] })],
      findings: [["door", "managedPolicyArns"]],
    },
    {
      title: "two policies of the same role, once",
      resources: [
        inline,
        added({ role: "door", name: "a" }),
        declare("rolePolicy", "more", { role: "door", name: "b", policy: policy() }),
      ],
      findings: [["door", "inlinePolicies"]],
    },
  ],
  unknown: [
    {
      title: "a RolePolicy that may be this role's",
      resources: [inline, added({ role: unknown, name: "more" })],
      findings: [["door", "inlinePolicies"]],
    },
    {
      title: "inline policies that are not known",
      resources: [
        declare("role", "door", { name: "door", inlinePolicies: unknown }),
        added({ role: "door", name: "more" }),
      ],
      findings: [["door", "inlinePolicies"]],
    },
    {
      title: "a managed policy that is not known",
      resources: [managed, declare("rolePolicyAttachment", "attached", { role: "door", policyArn: unknown })],
      findings: [["door", "managedPolicyArns"]],
    },
  ],
  notApplicable: [{ title: "a stack without roles", resources: [added({ role: "x" })] }],
});
