import { agentResources } from "../../../policy/rules/iam/agentResources";
import { frontDoorRole } from "../../../policy/rules/iam/frontDoorRole";
import { invokeForUser } from "../../../policy/rules/iam/invokeForUser";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";
import { allow, policy, rolePolicy, RUNTIME } from "../support/iam";

const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
const ENDPOINTS = `${RUNTIME}/runtime-endpoint/*`;
const logs = declare("logGroup", "logs");
const on = (Resource: unknown) => rolePolicy(policy(allow(INVOKE, Resource)));
const wide = [["rights", "Statement[0].Resource"]] as const;

testRule(agentResources, {
  pass: [
    { title: "a runtime and its endpoints", resources: on([RUNTIME, ENDPOINTS]) },
    { title: "a runtime and one endpoint", resources: on([RUNTIME, `${RUNTIME}/runtime-endpoint/DEFAULT`]) },
    {
      title: "the two halves in two statements",
      resources: rolePolicy(policy(allow([INVOKE], RUNTIME), allow(INVOKE, ENDPOINTS))),
    },
    {
      title: "a runtime in another partition",
      resources: on([RUNTIME, ENDPOINTS].map((arn) => arn.replace("aws", "aws-us-gov"))),
    },
    {
      title: "a log beside it, which no action of AgentCore is about",
      resources: on([RUNTIME, ENDPOINTS, "arn:aws:logs:us-east-1:123456789012:log-group:x"]),
    },
    { title: "everything, for another service", resources: rolePolicy(policy(allow("xray:PutTraceSegments"))) },
    { title: "a Deny of everything", resources: rolePolicy(policy({ ...allow(INVOKE), Effect: "Deny" })) },
    {
      title: "a document that waits for a runtime of the stack's own, in a preview",
      resources: (() => {
        const runtime = declare("agentRuntime", "agent", { agentRuntimeName: "agent" });
        const arn = runtime.out("agentRuntimeArn");
        return [
          runtime,
          ...rolePolicy(
            text`{"Statement":[{"Effect":"Allow","Action":"${INVOKE}","Resource":["${arn}","${arn}/runtime-endpoint/*"]}]}`,
          ),
        ];
      })(),
    },
  ],
  fail: [
    { title: "everything", resources: on("*"), findings: wide },
    {
      title: "every runtime of the account",
      resources: on("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/*"),
      findings: wide,
    },
    {
      title: "every runtime whose id starts like this one's",
      resources: on([`${RUNTIME}*`, ENDPOINTS]),
      findings: wide,
    },
    { title: "everything below a runtime", resources: on([RUNTIME, `${RUNTIME}/*`]), findings: wide },
    {
      title: "agent-runtime/, which is no kind of resource",
      resources: on("arn:aws:bedrock-agentcore:us-east-1:123456789012:agent-runtime/my_agent-a1b2c3d4e5"),
      findings: wide,
    },
    {
      title: "another account's runtimes by a wildcard",
      resources: on([RUNTIME, ENDPOINTS].map((arn) => arn.replace("123456789012", "*"))),
      findings: wide,
    },
    {
      title: "a service by a wildcard",
      resources: on("arn:aws:*:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5"),
      findings: wide,
    },
    {
      title: "a runtime without its endpoints, which lets nobody in",
      resources: on(RUNTIME),
      findings: [["rights", "Statement[0].Resource.my_agent-a1b2c3d4e5.runtime-endpoint"]],
    },
    {
      title: "endpoints without their runtime",
      resources: on([ENDPOINTS]),
      findings: [["rights", "Statement[0].Resource.my_agent-a1b2c3d4e5.runtime"]],
    },
    {
      title: "NotResource",
      resources: rolePolicy(policy({ Effect: "Allow", Action: INVOKE, NotResource: RUNTIME })),
      findings: [["rights", "Statement[0].NotResource"]],
    },
    {
      title: "StopRuntimeSession of every runtime",
      resources: rolePolicy(policy(allow("bedrock-agentcore:Stop*"))),
      findings: wide,
    },
    {
      title: "an inline policy of a role",
      resources: [declare("role", "door", { inlinePolicies: [{ policy: policy(allow("*")) }] })],
      findings: [["door", "inlinePolicies[0].Statement[0].Resource"]],
    },
  ],
  unknown: [
    { title: "a document from elsewhere", resources: rolePolicy(unknown), findings: [["rights", "policy"]] },
    {
      title: "a resource that is not known",
      resources: rolePolicy({ Statement: [allow(INVOKE, unknown)] }),
      findings: wide,
    },
    {
      title: "an action that is not known, on everything",
      resources: rolePolicy({ Statement: [allow([unknown])] }),
      findings: wide,
    },
  ],
  notApplicable: [{ title: "a stack without policies", resources: [logs] }],
});

const forUser = (action: string) => rolePolicy(policy(allow(action, RUNTIME)));
const reached = [["rights", "Statement[0].ForUser"]] as const;

testRule(invokeForUser, {
  pass: [
    { title: "InvokeAgentRuntime", resources: forUser(INVOKE) },
    {
      title: "ForUser where the function derives the user",
      resources: forUser(`${INVOKE}ForUser`),
      settings: { userIdFromCaller: true },
    },
    {
      title: "a wildcard, with a Deny of all three beside it",
      resources: rolePolicy(
        policy(allow("bedrock-agentcore:*", RUNTIME), {
          ...allow(["bedrock-agentcore:*ForUser", "bedrock-agentcore:GetWorkloadAccessTokenForUserId"]),
          Effect: "Deny",
        }),
      ),
    },
    { title: "a Deny alone", resources: rolePolicy(policy({ ...allow(`${INVOKE}ForUser`), Effect: "Deny" })) },
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
    { title: "ForUser", resources: forUser(`${INVOKE}ForUser`), findings: reached },
    { title: "ForUser over WebSocket", resources: forUser(`${INVOKE}WithWebSocketStreamForUser`), findings: reached },
    {
      title: "a token of any user",
      resources: forUser("bedrock-agentcore:GetWorkloadAccessTokenForUserId"),
      findings: reached,
    },
    { title: "a wildcard that reaches it", resources: forUser("bedrock-agentcore:*"), findings: reached },
    {
      title: "everything but something else",
      resources: rolePolicy(policy({ Effect: "Allow", NotAction: "s3:*", Resource: "*" })),
      findings: reached,
    },
    {
      title: "a Deny of one of the three",
      resources: rolePolicy(policy(allow("*"), { ...allow(`${INVOKE}ForUser`), Effect: "Deny" })),
      findings: reached,
    },
    {
      title: "a Deny with a condition",
      resources: rolePolicy(
        policy(allow(`${INVOKE}ForUser`), {
          ...allow("bedrock-agentcore:*"),
          Effect: "Deny",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ),
      findings: reached,
    },
    {
      title: "a Deny on one resource",
      resources: rolePolicy(policy(allow("*"), { ...allow("*", RUNTIME), Effect: "Deny" })),
      findings: reached,
    },
  ],
  unknown: [
    { title: "a document from elsewhere", resources: rolePolicy(unknown), findings: [["rights", "policy"]] },
    { title: "an action that is not known", resources: rolePolicy({ Statement: [allow(unknown)] }), findings: reached },
    {
      title: "a Deny that is not known",
      resources: rolePolicy({ Statement: [allow("*"), { ...allow(unknown), Effect: "Deny" }] }),
      findings: reached,
    },
  ],
  notApplicable: [{ title: "a stack without policies", resources: [logs] }],
});

const LOG = "arn:aws:logs:us-east-1:123456789012:log-group:door-logs:*";
const INVOKES = allow([INVOKE, "bedrock-agentcore:StopRuntimeSession"], [RUNTIME, ENDPOINTS]);
const WRITES = allow(["logs:CreateLogStream", "logs:PutLogEvents"], LOG);
const TRACES = allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"]);
const NETWORK = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"];
const OUTSIDE = { Condition: { Null: { "lambda:SourceFunctionArn": "true" } } };

const HOOKS = "arn:aws:lambda:us-east-1:123456789012:function:my-hooks";
const CALLS_HOOKS = { environment: { variables: { HOOK_FUNCTION_ARN: HOOKS } } };

const role = declare("role", "door", { assumeRolePolicy: "{}" });
const fn = (props: object = {}) =>
  declare("function", "fn", { role: role.out("arn"), loggingConfig: { logGroup: "door-logs" }, ...props });
const rights = (...statements: object[]) =>
  declare("rolePolicy", "rights", { role: role.out("id"), policy: policy(...statements) });
const door = (...statements: object[]): Declared[] => [role, fn(), rights(INVOKES, ...statements)];
const more = [["rights", "Statement[1].Action"]] as const;

testRule(frontDoorRole, {
  pass: [
    { title: "the agent, the log and traces", resources: door(WRITES, TRACES) },
    { title: "the network of a VPC, kept from the code", resources: door(allow(NETWORK, "*", OUTSIDE)) },
    {
      title: "streams of its log group",
      resources: door(allow("logs:PutLogEvents", LOG.replace(":*", ":log-stream:*"))),
    },
    {
      title: "Lambda's own log group",
      resources: [
        role,
        fn({ name: "door", loggingConfig: undefined }),
        rights(INVOKES, allow("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/door:*")),
      ],
    },
    {
      title: "agent and log in one statement",
      resources: [role, fn(), rights(allow([INVOKE, "logs:PutLogEvents"], [RUNTIME, ENDPOINTS, LOG]))],
    },
    {
      title: "a function that calls no agent, whatever it holds",
      resources: [role, fn(), rights(allow("s3:GetObject"))],
    },
    { title: "a Deny of more", resources: door({ ...allow("s3:*"), Effect: "Deny" }) },
    {
      title: "an action that the stack allows",
      resources: door(allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x")),
      settings: { actions: ["secretsmanager:GetSecretValue"] },
    },
    {
      title: "two functions with one role, each with its log",
      resources: [
        role,
        fn(),
        declare("function", "two", { role: role.out("arn"), loggingConfig: { logGroup: "two" } }),
        rights(INVOKES, WRITES, allow("logs:PutLogEvents", LOG.replace("door-logs", "two"))),
      ],
    },
    {
      title: "MACs with one key",
      resources: door(allow("kms:GenerateMac", "arn:aws:kms:us-east-1:123456789012:key/1234abcd")),
    },
    {
      title: "the call of the function that its variable names",
      resources: [role, fn(CALLS_HOOKS), rights(INVOKES, allow("lambda:InvokeFunction", HOOKS))],
    },
    {
      title: "a managed policy from outside that the stack allows",
      resources: [
        ...door(),
        declare("rolePolicyAttachment", "more", {
          role: role.out("name"),
          policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
        }),
      ],
      settings: { managedPolicies: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"] },
    },
    {
      title: "a document that waits for the stack's own log group, in a preview",
      resources: [
        role,
        logs,
        fn({ loggingConfig: { logGroup: logs.out("name") } }),
        declare("rolePolicy", "rights", {
          role: role.out("id"),
          policy: text`{"Statement":[{"Effect":"Allow","Action":"${INVOKE}","Resource":"${RUNTIME}"},{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"${logs.out("arn")}:*"}]}`,
        }),
      ],
    },
  ],
  fail: [
    { title: "models", resources: door(allow("bedrock:*")), findings: more },
    {
      title: "the call of a function that no variable names",
      resources: door(allow("lambda:InvokeFunction", HOOKS)),
      findings: more,
    },
    {
      title: "the call of another function than the variable names",
      resources: [role, fn(CALLS_HOOKS), rights(INVOKES, allow("lambda:InvokeFunction", `${HOOKS}-2`))],
      findings: more,
    },
    {
      title: "the call of every function",
      resources: [
        role,
        fn({ environment: { variables: { HOOK_FUNCTION_ARN: "*" } } }),
        rights(INVOKES, allow("lambda:InvokeFunction", "*")),
      ],
      findings: more,
    },
    {
      title: "more than the call of that function",
      resources: [role, fn(CALLS_HOOKS), rights(INVOKES, allow("lambda:*", HOOKS))],
      findings: more,
    },
    { title: "MACs with every key", resources: door(allow("kms:GenerateMac", "*")), findings: more },
    {
      title: "more than MACs with a key",
      resources: door(allow("kms:*", "arn:aws:kms:us-east-1:123456789012:key/1234abcd")),
      findings: more,
    },
    {
      title: "another role",
      resources: door(allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/x")),
      findings: more,
    },
    {
      title: "secrets",
      resources: door(allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x")),
      findings: more,
    },
    {
      title: "other functions",
      resources: door(allow("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:123456789012:function:x")),
      findings: more,
    },
    { title: "other parts of AgentCore", resources: door(allow("bedrock-agentcore:GetMemory", "*")), findings: more },
    {
      title: "everything but something",
      resources: door({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      findings: [["rights", "Statement[1].NotAction"]],
    },
    {
      title: "another function's log",
      resources: door(allow("logs:PutLogEvents", LOG.replace("door", "other"))),
      findings: more,
    },
    {
      title: "every log",
      resources: door(allow(["logs:CreateLogStream", "logs:PutLogEvents"], "arn:aws:logs:us-east-1:123456789012:*")),
      findings: more,
    },
    { title: "a log group to be made", resources: door(allow("logs:CreateLogGroup", LOG)), findings: more },
    { title: "the network without its condition", resources: door(allow(NETWORK)), findings: more },
    { title: "all of X-Ray", resources: door(allow("xray:*")), findings: more },
    {
      title: "an inline policy of the role beside it",
      resources: [
        declare("role", "door", {
          name: "door",
          inlinePolicies: [{ name: "more", policy: policy(allow("s3:GetObject")) }],
        }),
        fn({ role: "arn:aws:iam::123456789012:role/door" }),
        declare("rolePolicy", "rights", { role: "door", policy: policy(INVOKES) }),
      ],
      findings: [["door", "inlinePolicies[0].Statement[0].Action"]],
    },
    {
      title: "a managed policy of the stack that is attached",
      resources: (() => {
        const managed = declare("policy", "managed", { policy: policy(allow("s3:GetObject")) });
        return [
          ...door(),
          managed,
          declare("rolePolicyAttachment", "more", { role: role.out("name"), policyArn: managed.out("arn") }),
        ];
      })(),
      findings: [["managed", "Statement[0].Action"]],
    },
    {
      title: "a managed policy that grants the agent, beside an inline one that holds more",
      resources: (() => {
        const managed = declare("policy", "managed", { policy: policy(INVOKES) });
        return [
          role,
          fn(),
          rights(allow("s3:GetObject")),
          managed,
          declare("policyAttachment", "more", { roles: [role.out("name")], policyArn: managed.out("arn") }),
        ];
      })(),
      findings: [["rights", "Statement[0].Action"]],
    },
    {
      title: "a managed policy of AWS's own",
      resources: [
        ...door(),
        declare("rolePolicyAttachment", "more", {
          role: role.out("name"),
          policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        }),
      ],
      findings: [["more", "policyArn"]],
    },
    {
      title: "a managed policy of AWS's own in the role",
      resources: [
        declare("role", "door", { name: "door", managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
        fn({ role: "arn:aws:iam::123456789012:role/door" }),
        declare("rolePolicy", "rights", { role: "door", policy: policy(INVOKES) }),
      ],
      findings: [["door", "managedPolicyArns[0]"]],
    },
  ],
  unknown: [
    {
      title: "a document from elsewhere",
      resources: [role, fn(), declare("rolePolicy", "rights", { role: role.out("id"), policy: unknown })],
      findings: [["rights", "policy"]],
    },
    { title: "a role of another stack", resources: [fn({ role: unknown })], findings: [["fn", "role"]] },
    {
      title: "a role that is not of the stack",
      resources: [fn({ role: "arn:aws:iam::123456789012:role/x" })],
      findings: [["fn", "role"]],
    },
    {
      title: "one of two roles",
      modes: ["preview"],
      resources: (() => {
        const other = declare("role", "other", { assumeRolePolicy: "{}" });
        return [role, other, fn({ role: text`${role.out("arn")}${other.out("arn")}` }), rights(INVOKES, allow("s3:*"))];
      })(),
      findings: [["fn", "role"]],
    },
    {
      title: "more rights that may be of this role",
      resources: [...door(), declare("rolePolicy", "stray", { role: unknown, policy: policy(allow("s3:GetObject")) })],
      findings: [["stray", "Statement[0].Action"]],
    },
    {
      title: "a managed policy of one's own from outside",
      resources: [
        ...door(),
        declare("rolePolicyAttachment", "more", {
          role: role.out("name"),
          policyArn: "arn:aws:iam::123456789012:policy/x",
        }),
      ],
      findings: [["more", "policyArn"]],
    },
    {
      title: "a log group that is not known",
      resources: [role, fn({ loggingConfig: { logGroup: unknown } }), rights(INVOKES, WRITES)],
      findings: more,
    },
  ],
  notApplicable: [{ title: "a stack without functions", resources: [role, rights(INVOKES)] }],
});
