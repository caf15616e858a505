import { agentCoreEndpoint } from "../../../policy/rules/network/agentCoreEndpoint";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const SERVICE = "com.amazonaws.us-east-1.bedrock-agentcore";
const RUNTIME = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";
const ofAccount = { StringEquals: { "aws:PrincipalAccount": "123456789012" } };
const group = declare("aws:ec2/securityGroup:SecurityGroup", "group");

const policy = (statement: object = {}) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: "*",
      Action: ["bedrock-agentcore:InvokeAgentRuntime"],
      Resource: [RUNTIME, `${RUNTIME}/runtime-endpoint/*`],
      Condition: ofAccount,
      ...statement,
    },
  ],
});
const open = { Action: "*", Resource: "*", Condition: undefined };
const endpoint = (props: object = {}) => [
  group,
  declare("vpcEndpoint", "endpoint", {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    serviceName: SERVICE,
    vpcEndpointType: "Interface",
    securityGroupIds: [group.out("id")],
    privateDnsEnabled: true,
    policy: JSON.stringify(policy()),
    ...props,
  }),
];
const withPolicy = (statement: object) => endpoint({ policy: JSON.stringify(policy(statement)) });
const OPEN = [["endpoint", "Statement[0]"]] as const;

testRule(agentCoreEndpoint, {
  pass: [
    { title: "a policy that names runtimes", resources: endpoint() },
    { title: "a policy as an object", resources: endpoint({ policy: policy() }) },
    {
      title: "runtimes whose callers have a token and no principal",
      resources: withPolicy({ Condition: undefined }),
    },
    { title: "everything, for one account", resources: withPolicy({ ...open, Condition: ofAccount }) },
    {
      title: "everything, for a role",
      resources: withPolicy({ ...open, Principal: { AWS: "arn:aws:iam::123456789012:role/door" } }),
    },
    {
      title: "every action on the account's own runtimes",
      resources: withPolicy({ ...open, Resource: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/*" }),
    },
    { title: "nothing allowed", resources: withPolicy({ ...open, Effect: "Deny" }) },
    {
      title: "an endpoint of another service with its default",
      resources: endpoint({ serviceName: "com.amazonaws.us-east-1.s3", policy: undefined, privateDnsEnabled: false }),
    },
  ],
  fail: [
    {
      title: "no policy: AWS's own lets everything through",
      resources: endpoint({ policy: undefined }),
      findings: [["endpoint", "policy"]],
    },
    { title: "AWS's own policy, written out", resources: withPolicy(open), findings: OPEN },
    {
      title: "everything of the service",
      resources: withPolicy({ ...open, Action: ["bedrock-agentcore:*"] }),
      findings: OPEN,
    },
    {
      title: "all but an action",
      resources: withPolicy({ ...open, Action: undefined, NotAction: "s3:*" }),
      findings: OPEN,
    },
    {
      title: "all but a resource",
      resources: withPolicy({ ...open, Resource: undefined, NotResource: [RUNTIME] }),
      findings: OPEN,
    },
    { title: "everybody by kind", resources: withPolicy({ ...open, Principal: { AWS: ["*"] } }), findings: OPEN },
    {
      title: "a condition that holds where its key is missing",
      resources: withPolicy({
        ...open,
        Condition: { StringEqualsIfExists: { "aws:PrincipalAccount": "123456789012" } },
      }),
      findings: OPEN,
    },
    {
      title: "an open statement as an object, alone",
      resources: endpoint({ policy: { Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } } }),
      findings: OPEN,
    },
    {
      title: "no private DNS",
      resources: endpoint({ privateDnsEnabled: undefined }),
      findings: [["endpoint", "privateDnsEnabled"]],
    },
    {
      title: "the VPC's default security group",
      resources: endpoint({ securityGroupIds: undefined }),
      findings: [["endpoint", "securityGroupIds"]],
    },
    {
      title: "an endpoint of AgentCore's gateways with nothing",
      resources: endpoint({
        serviceName: `${SERVICE}.gateway`,
        policy: undefined,
        privateDnsEnabled: false,
        securityGroupIds: [],
      }),
      findings: [
        ["endpoint", "policy"],
        ["endpoint", "privateDnsEnabled"],
        ["endpoint", "securityGroupIds"],
      ],
    },
  ],
  unknown: [
    {
      title: "a policy that is not known, as of a runtime that is made with it",
      resources: endpoint({ policy: unknown }),
      findings: [["endpoint", "policy"]],
    },
    { title: "a policy that is no JSON", resources: endpoint({ policy: "{" }), findings: [["endpoint", "policy"]] },
    {
      title: "a service that is not known",
      resources: endpoint({ serviceName: unknown, policy: undefined }),
      findings: [["endpoint", "policy"]],
    },
    {
      title: "an account that is not known, in an object",
      resources: endpoint({
        policy: policy({ ...open, Condition: { StringEquals: { "aws:PrincipalAccount": unknown } } }),
      }),
      findings: OPEN,
    },
  ],
  notApplicable: [{ title: "a stack without endpoints", resources: [group] }],
});
