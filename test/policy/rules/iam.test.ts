import { agentActions } from "../../../policy/rules/iam/agentActions";
import { testRule } from "../support/cases";
import { declare, known, text, unknown } from "../support/declare";
import { allow, policy, rolePolicy, RUNTIME } from "../support/iam";

const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
const logs = declare("logGroup", "logs");
const bucket = declare("aws:s3/bucket:Bucket", "bucket");
const action = (Action: unknown) => rolePolicy(policy(allow(Action, RUNTIME)));

testRule(agentActions, {
  pass: [
    {
      title: "InvokeAgentRuntime and StopRuntimeSession",
      resources: action([INVOKE, "bedrock-agentcore:StopRuntimeSession"]),
    },
    { title: "one action as a text, in one statement", resources: rolePolicy({ Statement: allow(INVOKE, RUNTIME) }) },
    { title: "a name in other case", resources: action("Bedrock-AgentCore:invokeagentruntime") },
    { title: "a wildcard that is denied", resources: rolePolicy(policy({ ...allow(`${INVOKE}*`), Effect: "Deny" })) },
    { title: "a wildcard of another service", resources: action("logs:*") },
    {
      title: "everything but AgentCore",
      resources: rolePolicy(policy({ Effect: "Allow", NotAction: "bedrock-agentcore:*", Resource: "*" })),
    },
    {
      title: "ForUser where the stack says so",
      resources: action([INVOKE, `${INVOKE}ForUser`]),
      settings: { forUser: true },
    },
    { title: "a role without policies of its own", resources: [declare("role", "door", { assumeRolePolicy: "{}" })] },
    {
      title: "a document that waits for the stack's own log group, in a preview",
      resources: [
        logs,
        ...rolePolicy(
          text`{"Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"${logs.out("arn")}:*"}]}`,
        ),
      ],
    },
  ],
  fail: [
    {
      title: "every variant by a wildcard",
      resources: action(`${INVOKE}*`),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "a shell in the microVM",
      resources: action(`${INVOKE}CommandShell`),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "a variant of later versions of the API",
      resources: action(`${INVOKE}Anything`),
      findings: [["rights", "Statement[0].Action"]],
    },
    { title: "Invoke*", resources: action("bedrock-agentcore:Invoke*"), findings: [["rights", "Statement[0].Action"]] },
    {
      title: "all of AgentCore",
      resources: action(["logs:PutLogEvents", "BEDROCK-AGENTCORE:*"]),
      findings: [["rights", "Statement[0].Action"]],
    },
    { title: "everything", resources: action("*"), findings: [["rights", "Statement[0].Action"]] },
    {
      title: "a question mark that stands for a letter",
      resources: action(`${INVOKE}Comman?`),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "ForUser where nobody asked for it",
      resources: action(`${INVOKE}ForUser`),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "a wildcard for ForUser where only its name is allowed",
      resources: action(`${INVOKE}For*`),
      settings: { forUser: true },
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "everything but something else",
      resources: rolePolicy(policy({ Effect: "Allow", NotAction: ["iam:*", `${INVOKE}Command*`], Resource: "*" })),
      findings: [["rights", "Statement[0].NotAction"]],
    },
    {
      title: "an inline policy of a role, in its second statement",
      resources: [
        declare("role", "door", {
          inlinePolicies: [
            { name: "ok", policy: policy(allow(INVOKE)) },
            { name: "bad", policy: policy(allow(INVOKE), allow("*")) },
          ],
        }),
      ],
      findings: [["door", "inlinePolicies[1].Statement[1].Action"]],
    },
    {
      title: "a managed policy of the stack's own",
      resources: [declare("policy", "managed", { policy: policy(allow(`${INVOKE}Command`)) })],
      findings: [["managed", "Statement[0].Action"]],
    },
    {
      title: "a user's and a group's policy",
      resources: [
        declare("userPolicy", "user", { policy: policy(allow("*")) }),
        declare("groupPolicy", "group", { policy: policy(allow("*")) }),
      ],
      findings: [
        ["user", "Statement[0].Action"],
        ["group", "Statement[0].Action"],
      ],
    },
    {
      title: "the runtime's own policy",
      resources: [
        declare("agentResourcePolicy", "lock", {
          resourceArn: RUNTIME,
          policy: policy({ ...allow(`${INVOKE}*`, RUNTIME), Principal: { AWS: "arn:aws:iam::123456789012:role/x" } }),
        }),
      ],
      findings: [["lock", "Statement[0].Action"]],
    },
    {
      title: "an element in lower case",
      resources: rolePolicy({ statement: [{ effect: "Allow", action: "*", resource: "*" }] }),
      findings: [["rights", "Statement[0].Action"]],
    },
  ],
  unknown: [
    { title: "a document from elsewhere", resources: rolePolicy(unknown), findings: [["rights", "policy"]] },
    { title: "a text that is no JSON", resources: rolePolicy("{"), findings: [["rights", "policy"]] },
    {
      title: "a document with a bucket of the stack in it",
      modes: ["preview"],
      resources: [bucket, logs, ...rolePolicy(text`${bucket.out("arn")}${logs.out("arn")}`)],
      findings: [["rights", "policy"]],
    },
    {
      title: "a document that waits for a log group, where the stack lets none wait",
      modes: ["preview"],
      settings: { previewSources: [] },
      resources: [logs, ...rolePolicy(text`{"Resource":"${logs.out("arn")}"}`)],
      findings: [["rights", "policy"]],
    },
    {
      title: "an action that is not known",
      resources: rolePolicy({ Statement: [allow([INVOKE, unknown])] }),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "an effect that is not known",
      resources: rolePolicy({ Statement: [{ Effect: unknown, Action: "*", Resource: "*" }] }),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "inline policies that are not known",
      resources: [declare("role", "door", { inlinePolicies: unknown })],
      findings: [["door", "inlinePolicies"]],
    },
    {
      title: "one inline policy that is not known",
      resources: [declare("role", "door", { inlinePolicies: [{ name: "a", policy: unknown }] })],
      findings: [["door", "inlinePolicies[0].policy"]],
    },
  ],
  notApplicable: [{ title: "a stack without policies", resources: [declare("function", "fn", { role: known("x") })] }],
});
