import { resourcePolicy } from "../../../policy/rules/agentcore/resourcePolicy";
import { runtimeAuthorizer } from "../../../policy/rules/agentcore/runtimeAuthorizer";
import { testRule } from "../support/cases";
import { declare, text, unknown, type Declared } from "../support/declare";
import { allow, policy, RUNTIME } from "../support/iam";

const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
const ENDPOINT = `${RUNTIME}/runtime-endpoint/DEFAULT`;
const ROLE = "arn:aws:iam::123456789012:role/door";
const none = [{ title: "a stack without any", resources: [declare("logGroup", "logs")] }];

const grant = (Principal: unknown, more: object = {}) => ({ ...allow(INVOKE, RUNTIME), Principal, ...more });
const lock = (name: string, resourceArn: unknown, document: unknown) =>
  declare("agentResourcePolicy", name, { resourceArn, policy: document });
const both = (document: unknown): Declared[] => [
  lock("runtime", RUNTIME, document),
  lock("endpoint", ENDPOINT, policy(grant({ AWS: ROLE }))),
];
const open = [["runtime", "Statement[0].Principal"]] as const;
const VPC = { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
const role = declare("role", "door", {});
const agent = declare("agentRuntime", "agent", { agentRuntimeName: "agent" });

testRule(resourcePolicy, {
  pass: [
    { title: "one role", resources: both(policy(grant({ AWS: ROLE }))) },
    { title: "everybody from one VPC, as tokens need it", resources: both(policy(grant("*", VPC))) },
    {
      title: "a Deny of everybody else",
      resources: both(policy(grant({ AWS: ROLE }), { ...grant("*"), Effect: "Deny" })),
    },
    {
      title: "a policy that waits for a role of the stack, in a preview",
      resources: [
        role,
        lock(
          "runtime",
          RUNTIME,
          text`{"Statement":[{"Effect":"Allow","Principal":{"AWS":"${role.out("arn")}"},"Action":"${INVOKE}"}]}`,
        ),
        lock("endpoint", ENDPOINT, policy(grant({ AWS: ROLE }))),
      ],
    },
    {
      title: "a runtime that the stack makes",
      resources: [
        agent,
        lock("runtime", agent.out("agentRuntimeArn"), policy(grant({ AWS: ROLE }))),
        lock("endpoint", text`${agent.out("agentRuntimeArn")}/runtime-endpoint/DEFAULT`, policy(grant({ AWS: ROLE }))),
      ],
    },
    {
      title: "the policy of a gateway, which has no endpoints",
      resources: [
        lock("gateway", "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/x", policy(grant({ AWS: ROLE }))),
      ],
    },
  ],
  fail: [
    { title: "everybody", resources: both(policy(grant("*"))), findings: open },
    { title: "every account", resources: both(policy(grant({ AWS: ["*", ROLE] }))), findings: open },
    {
      title: "everybody from any VPC",
      resources: both(policy(grant("*", { Condition: { StringLike: { "aws:SourceVpc": "*" } } }))),
      findings: open,
    },
    {
      title: "everybody with a condition that is not on the caller",
      resources: both(policy(grant("*", { Condition: { Bool: { "aws:SecureTransport": "true" } } }))),
      findings: open,
    },
    {
      title: "everybody but one",
      resources: both(policy({ ...allow(INVOKE, RUNTIME), NotPrincipal: { AWS: ROLE } })),
      findings: [["runtime", "Statement[0].NotPrincipal"]],
    },
    {
      title: "a runtime without its endpoint",
      resources: [lock("runtime", RUNTIME, policy(grant({ AWS: ROLE })))],
      findings: [["runtime", "resourceArn"]],
    },
    {
      title: "endpoints without their runtime",
      resources: [
        lock("one", ENDPOINT, policy(grant({ AWS: ROLE }))),
        lock("two", ENDPOINT.replace("DEFAULT", "next"), policy(grant({ AWS: ROLE }))),
      ],
      findings: [
        ["one", "resourceArn"],
        ["two", "resourceArn"],
      ],
    },
    {
      title: "the endpoint of another runtime",
      resources: [
        lock("runtime", RUNTIME, policy(grant({ AWS: ROLE }))),
        lock("endpoint", ENDPOINT.replace("my_agent", "other"), policy(grant({ AWS: ROLE }))),
      ],
      findings: [
        ["runtime", "resourceArn"],
        ["endpoint", "resourceArn"],
      ],
    },
    {
      title: "one policy alone for a runtime that the stack makes",
      resources: [agent, lock("runtime", agent.out("agentRuntimeArn"), policy(grant({ AWS: ROLE })))],
      findings: [["runtime", "resourceArn"]],
    },
  ],
  unknown: [
    { title: "a policy from elsewhere", resources: both(unknown), findings: [["runtime", "policy"]] },
    { title: "a principal from elsewhere", resources: both({ Statement: [grant({ AWS: unknown })] }), findings: open },
    {
      title: "a policy that may be for anything",
      resources: [
        lock("runtime", RUNTIME, policy(grant({ AWS: ROLE }))),
        lock("stray", unknown, policy(grant({ AWS: ROLE }))),
      ],
      findings: [
        ["runtime", "resourceArn"],
        ["stray", "resourceArn"],
      ],
    },
    {
      title: "two policies for a runtime that is not there yet, where the stack lets nothing wait",
      modes: ["preview"],
      settings: { previewSources: [] },
      resources: [
        agent,
        lock("runtime", agent.out("agentRuntimeArn"), policy(grant({ AWS: ROLE }))),
        lock("endpoint", text`${agent.out("agentRuntimeArn")}/runtime-endpoint/DEFAULT`, policy(grant({ AWS: ROLE }))),
      ],
      findings: [
        ["runtime", "resourceArn"],
        ["endpoint", "resourceArn"],
      ],
    },
  ],
  notApplicable: none,
});

const jwt = (props: object = {}) => ({
  authorizerConfiguration: {
    customJwtAuthorizer: {
      discoveryUrl: "https://idp.example/pool/.well-known/openid-configuration",
      allowedAudiences: ["agent"],
      ...props,
    },
  },
});
const runtime = (props: object = {}) => declare("agentRuntime", "agent", { agentRuntimeName: "agent", ...props });
const AT = "authorizerConfiguration.customJwtAuthorizer";
const rights = (document: unknown) => declare("rolePolicy", "rights", { role: "door", policy: document });
const calls = (of: Declared) =>
  rights(text`{"Statement":[{"Effect":"Allow","Action":"${INVOKE}","Resource":["${of.out("agentRuntimeArn")}"]}]}`);

testRule(runtimeAuthorizer, {
  pass: [
    { title: "a runtime that takes signatures, and a role that signs", resources: [runtime(), calls(runtime())] },
    { title: "complete JWT settings", resources: [runtime(jwt())] },
    {
      title: "clients in place of audiences",
      resources: [runtime(jwt({ allowedAudiences: undefined, allowedClients: ["web"] }))],
    },
    { title: "a role that calls another runtime", resources: [runtime(jwt()), rights(policy(allow(INVOKE, RUNTIME)))] },
    {
      title: "a role that is denied",
      resources: [runtime(jwt()), rights(policy({ ...allow(INVOKE, RUNTIME), Effect: "Deny" }))],
    },
    {
      title: "a role that names it, where the stack calls with tokens",
      resources: [runtime(jwt()), calls(runtime(jwt()))],
      settings: { bearer: true },
    },
  ],
  fail: [
    {
      title: "no audience and no client",
      resources: [runtime(jwt({ allowedAudiences: [] }))],
      findings: [["agent", `${AT}.allowedAudiences`]],
    },
    {
      title: "any audience",
      resources: [runtime(jwt({ allowedAudiences: ["*"] }))],
      findings: [["agent", `${AT}.allowedAudiences`]],
    },
    {
      title: "an issuer without TLS",
      resources: [runtime(jwt({ discoveryUrl: "http://idp.example/.well-known/openid-configuration" }))],
      findings: [["agent", `${AT}.discoveryUrl`]],
    },
    {
      title: "an issuer in place of its discovery URL",
      resources: [runtime(jwt({ discoveryUrl: "https://idp.example" }))],
      findings: [["agent", `${AT}.discoveryUrl`]],
    },
    {
      title: "an authorizer without anything",
      resources: [runtime({ authorizerConfiguration: { customJwtAuthorizer: {} } })],
      findings: [
        ["agent", `${AT}.discoveryUrl`],
        ["agent", `${AT}.allowedAudiences`],
      ],
    },
    {
      title: "a role that signs for it",
      modes: ["update"],
      resources: [runtime(jwt()), calls(runtime(jwt()))],
      findings: [["agent", "authorizerConfiguration"]],
    },
    {
      title: "an imported runtime that an inline policy names",
      resources: [
        runtime({ ...jwt(), agentRuntimeName: "my_agent", agentRuntimeArn: RUNTIME }),
        declare("role", "door", {
          inlinePolicies: [{ policy: policy(allow(`${INVOKE}*`, [`${RUNTIME}/runtime-endpoint/*`])) }],
        }),
      ],
      modes: ["preview"],
      findings: [["agent", "authorizerConfiguration"]],
    },
  ],
  unknown: [
    {
      title: "a role that may sign for it",
      modes: ["preview"],
      resources: [runtime(jwt()), calls(runtime(jwt()))],
      findings: [["agent", "authorizerConfiguration"]],
    },
    {
      title: "an authorizer from elsewhere",
      resources: [runtime({ authorizerConfiguration: unknown })],
      findings: [
        ["agent", `${AT}.discoveryUrl`],
        ["agent", `${AT}.allowedAudiences`],
      ],
    },
    {
      title: "audiences from elsewhere",
      resources: [runtime(jwt({ allowedAudiences: unknown }))],
      findings: [["agent", `${AT}.allowedAudiences`]],
    },
  ],
  notApplicable: none,
});
