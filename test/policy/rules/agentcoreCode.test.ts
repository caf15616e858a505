import { codeBucket } from "../../../policy/rules/agentcore/codeBucket";
import { runtimeEnvironment } from "../../../policy/rules/agentcore/runtimeEnvironment";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { policy } from "../support/iam";

const runtime = (environmentVariables: unknown) => [declare("agentRuntime", "agent", { environmentVariables })];

testRule(runtimeEnvironment, {
  pass: [
    { title: "no variables", resources: runtime(undefined) },
    {
      title: "the name of a secret",
      resources: runtime({ KEY_SECRET: "arn:aws:secretsmanager:us-east-1:123456789012:secret:x" }),
    },
  ],
  fail: [
    {
      title: "a key of a model's provider",
      resources: runtime({ API_KEY: "sk-abcdefghijklmnopqrstuvwx" }),
      findings: [["agent", "environmentVariables.API_KEY"]],
    },
    {
      title: "a password",
      resources: runtime({ DB_PASS: "hunter2hunter2" }),
      findings: [["agent", "environmentVariables.DB_PASS"]],
    },
  ],
  unknown: [
    {
      title: "a value that is not known",
      resources: runtime({ TOKEN: unknown }),
      findings: [["agent", "environmentVariables.TOKEN"]],
    },
  ],
  notApplicable: [{ title: "a function", resources: [declare("function", "fn")] }],
});

const bucket = (document: unknown) => [declare("bucketPolicy", "code", { bucket: "code", policy: document })];
const allow = (more: object) =>
  policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*", ...more });

testRule(codeBucket, {
  pass: [
    {
      title: "a service by its name",
      resources: bucket(allow({ Principal: { Service: "cloudfront.amazonaws.com" } })),
    },
    { title: "a Deny for everybody", resources: bucket(allow({ Effect: "Deny" })) },
    {
      title: "everybody of one account",
      resources: bucket(allow({ Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } })),
    },
  ],
  fail: [
    { title: "everybody", resources: bucket(allow({})), findings: [["code", "Statement[0].Principal"]] },
    {
      title: "every account",
      resources: bucket(allow({ Principal: { AWS: ["*"] } })),
      findings: [["code", "Statement[0].Principal"]],
    },
  ],
  unknown: [{ title: "a policy that is not known", resources: bucket(unknown), findings: [["code", "policy"]] }],
  notApplicable: [{ title: "a bucket", resources: [declare("bucket", "code")] }],
});
