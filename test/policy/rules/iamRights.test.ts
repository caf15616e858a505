import { admin } from "../../../policy/rules/iam/admin";
import { passRole } from "../../../policy/rules/iam/passRole";
import { testRule } from "../support/cases";
import { declare, text, unknown } from "../support/declare";
import { allow, policy, rolePolicy } from "../support/iam";

const OBJECT = "arn:aws:s3:::bucket/key";
const ROLE = "arn:aws:iam::123456789012:role/x";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000";
const PASSED = { Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } };
const logs = declare("logGroup", "logs");
const found = (element: string) => [["rights", `Statement[0].${element}`]] as const;
const allowing = (Action: unknown, Resource: unknown = OBJECT, more: object = {}) =>
  rolePolicy(policy(allow(Action, Resource, more)));

testRule(admin, {
  pass: [
    { title: "actions and resources by their names", resources: allowing(["s3:GetObject", "s3:PutObject"]) },
    { title: "a wildcard inside of a name", resources: allowing("s3:Get*") },
    { title: "traces on everything", resources: allowing(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*") },
    { title: "the network of a VPC on everything", resources: allowing("ec2:CreateNetworkInterface", "*") },
    {
      title: "an action on everything that the stack allows",
      resources: allowing("cloudwatch:PutMetricData", "*"),
      settings: { anyResource: ["cloudwatch:PutMetricData"] },
    },
    {
      title: "every log group of the account",
      resources: allowing("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:*"),
    },
    {
      title: "a Deny of everything",
      resources: rolePolicy(
        policy({ Effect: "Deny", NotAction: "*", NotResource: "*" }, { ...allow("*"), Effect: "Deny" }),
      ),
    },
    { title: "a role without policies of its own", resources: [declare("role", "door", {})] },
    {
      title: "a document that waits for the stack's own log group, in a preview",
      resources: [
        logs,
        ...rolePolicy(
          text`{"Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"${logs.out("arn")}"}]}`,
        ),
      ],
    },
  ],
  fail: [
    { title: "every action", resources: allowing("*"), findings: found("Action") },
    { title: "every action, in an odd spelling", resources: allowing("*:*"), findings: found("Action") },
    { title: "every action of a service", resources: allowing(["s3:GetObject", "s3:*"]), findings: found("Action") },
    { title: "every action of a service, by two stars", resources: allowing("s3:**"), findings: found("Action") },
    { title: "an action of any service", resources: allowing("s?:GetObject"), findings: found("Action") },
    { title: "every resource", resources: allowing("s3:GetObject", ["*"]), findings: found("Resource") },
    {
      title: "every bucket of every account",
      resources: allowing("s3:GetObject", "arn:aws:s3:::*"),
      findings: found("Resource"),
    },
    {
      title: "traces and more on everything",
      resources: allowing(["xray:PutTraceSegments", "s3:GetObject"], "*"),
      findings: found("Resource"),
    },
    {
      title: "a wildcard that is wider than the exception",
      resources: allowing("xray:P*", "*"),
      findings: found("Resource"),
    },
    {
      title: "every action but some",
      resources: rolePolicy(policy({ Effect: "Allow", NotAction: "iam:*", Resource: OBJECT })),
      findings: found("NotAction"),
    },
    {
      title: "every resource but one",
      resources: rolePolicy(policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: OBJECT })),
      findings: found("NotResource"),
    },
    {
      title: "everything, once for each element",
      resources: [declare("role", "door", { inlinePolicies: [{ policy: policy(allow("*")) }] })],
      findings: [
        ["door", "inlinePolicies[0].Statement[0].Action"],
        ["door", "inlinePolicies[0].Statement[0].Resource"],
      ],
    },
    {
      title: "an object in place of JSON text",
      resources: [
        declare("policy", "managed", { policy: { Version: "2012-10-17", Statement: [allow("iam:*", ROLE)] } }),
      ],
      findings: [["managed", "Statement[0].Action"]],
    },
  ],
  unknown: [
    { title: "a document from elsewhere", resources: rolePolicy(unknown), findings: [["rights", "policy"]] },
    {
      title: "an action that is not known",
      resources: rolePolicy({ Statement: [allow(unknown, OBJECT)] }),
      findings: found("Action"),
    },
    {
      title: "a statement that is not known",
      resources: rolePolicy({ Statement: [unknown] }),
      findings: ["Action", "NotAction", "Resource", "NotResource"].map(
        (each) => ["rights", `Statement[0].${each}`] as const,
      ),
    },
  ],
  notApplicable: [{ title: "a stack without policies", resources: [logs] }],
});

testRule(passRole, {
  pass: [
    { title: "one role for one service", resources: allowing("iam:PassRole", ROLE, PASSED) },
    { title: "to decrypt with one key", resources: allowing(["kms:Decrypt", "kms:GenerateDataKey"], KEY) },
    { title: "to encrypt with every key", resources: allowing("kms:Encrypt", "*") },
    { title: "neither", resources: allowing("iam:Get*", "*") },
    { title: "a Deny", resources: rolePolicy(policy({ ...allow(["iam:PassRole", "kms:Decrypt"]), Effect: "Deny" })) },
  ],
  fail: [
    { title: "every role", resources: allowing("iam:PassRole", "*", PASSED), findings: found("Resource") },
    {
      title: "roles by a prefix, for one service",
      resources: allowing("iam:PassRole", "arn:aws:iam::123456789012:role/door-*", PASSED),
      findings: found("Resource"),
    },
    {
      title: "every role of an account",
      resources: allowing("iam:PassRole", "arn:aws:iam::123456789012:role/*", PASSED),
      findings: found("Resource"),
    },
    {
      title: "every role but one",
      resources: rolePolicy(policy({ Effect: "Allow", Action: "iam:PassRole", NotResource: ROLE, ...PASSED })),
      findings: found("Resource"),
    },
    { title: "one role for any service", resources: allowing("iam:PassRole", ROLE), findings: found("Condition") },
    {
      title: "a condition that holds where there is no service",
      resources: allowing("iam:PassRole", ROLE, {
        Condition: { StringEqualsIfExists: { "iam:PassedToService": "lambda.amazonaws.com" } },
      }),
      findings: found("Condition"),
    },
    {
      title: "a condition that any service meets",
      resources: allowing("iam:PassRole", ROLE, { Condition: { StringLike: { "iam:PassedToService": "*" } } }),
      findings: found("Condition"),
    },
    {
      title: "a condition on something else",
      resources: allowing("iam:PassRole", ROLE, {
        Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
      }),
      findings: found("Condition"),
    },
    {
      title: "a wildcard that reaches it",
      resources: allowing("iam:*", "*"),
      findings: [...found("Resource"), ...found("Condition")],
    },
    { title: "to decrypt with every key", resources: allowing("kms:Decrypt", "*"), findings: found("Resource") },
    {
      title: "to decrypt with every key of an account",
      resources: allowing("kms:ReEncrypt*", ["arn:aws:kms:*:123456789012:key/*"]),
      findings: found("Resource"),
    },
    {
      title: "every action but some, which leaves PassRole",
      resources: rolePolicy(policy({ Effect: "Allow", NotAction: "kms:*", Resource: ROLE })),
      findings: found("Condition"),
    },
  ],
  unknown: [
    { title: "a document from elsewhere", resources: rolePolicy(unknown), findings: [["rights", "policy"]] },
    {
      title: "a resource that is not known",
      resources: rolePolicy({ Statement: [allow("kms:Decrypt", unknown)] }),
      findings: found("Resource"),
    },
    {
      title: "a condition that is not known",
      resources: rolePolicy({ Statement: [allow("iam:PassRole", ROLE, { Condition: unknown })] }),
      findings: found("Condition"),
    },
    {
      title: "a service that is not known",
      resources: rolePolicy({
        Statement: [allow("iam:PassRole", ROLE, { Condition: { StringEquals: { "iam:PassedToService": [unknown] } } })],
      }),
      findings: found("Condition"),
    },
  ],
  notApplicable: [{ title: "a stack without policies", resources: [logs] }],
});
