import { gateway } from "../../../policy/rules/agentcore/gateway";
import { memoryKey } from "../../../policy/rules/agentcore/memoryKey";
import { runtimeHeaders } from "../../../policy/rules/agentcore/runtimeHeaders";
import { runtimeLifecycle } from "../../../policy/rules/agentcore/runtimeLifecycle";
import { runtimeNetwork } from "../../../policy/rules/agentcore/runtimeNetwork";
import { toolNetwork } from "../../../policy/rules/agentcore/toolNetwork";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";

const runtime = (props: object = {}) => [declare("agentRuntime", "agent", { agentRuntimeName: "agent", ...props })];
const logs = declare("logGroup", "logs");
const none = [{ title: "a stack without any", resources: [logs] }];
const key = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000";

const mode = (networkMode: unknown) => ({ networkConfiguration: { networkMode } });
const modeFound = (name: string) => [[name, "networkConfiguration.networkMode"]] as const;

testRule(runtimeNetwork, {
  pass: [
    { title: "VPC", resources: runtime(mode("VPC")), settings: { allowed: ["VPC"] } },
    { title: "PUBLIC, as a stack without settings may", resources: runtime(mode("PUBLIC")) },
  ],
  fail: [
    {
      title: "PUBLIC where the stack wants VPC",
      resources: runtime(mode("PUBLIC")),
      settings: { allowed: ["VPC"] },
      findings: modeFound("agent"),
    },
    { title: "a mode that nobody knows", resources: runtime(mode("OPEN")), findings: modeFound("agent") },
    { title: "no mode", resources: runtime(), findings: modeFound("agent") },
  ],
  unknown: [{ title: "a mode from elsewhere", resources: runtime(mode(unknown)), findings: modeFound("agent") }],
  notApplicable: none,
});

const headers = (...requestHeaderAllowlists: unknown[]) =>
  runtime({ requestHeaderConfiguration: { requestHeaderAllowlists } });
const custom = (name: string) => `X-Amzn-Bedrock-AgentCore-Runtime-Custom-${name}`;
const list = "requestHeaderConfiguration.requestHeaderAllowlists";
const jwt = {
  authorizerConfiguration: {
    customJwtAuthorizer: {
      discoveryUrl: "https://idp.example/.well-known/openid-configuration",
      allowedAudiences: ["agent"],
    },
  },
};

testRule(runtimeHeaders, {
  pass: [
    { title: "no headers", resources: runtime() },
    { title: "headers with AgentCore's prefix", resources: headers(custom("Tenant-Id"), custom("Plan").toLowerCase()) },
    { title: "20 headers", resources: headers(...Array.from({ length: 20 }, (_, index) => custom(`H${index}`))) },
    { title: "a header that the stack allows", resources: headers("X-Tenant"), settings: { allowed: ["x-tenant"] } },
    {
      title: "Authorization that the stack allows, behind a JWT authorizer",
      resources: runtime({ ...jwt, requestHeaderConfiguration: { requestHeaderAllowlists: ["authorization"] } }),
      settings: { allowed: ["Authorization"] },
    },
  ],
  fail: [
    { title: "Authorization", resources: headers("Authorization"), findings: [["agent", `${list}[0]`]] },
    {
      title: "Authorization that the stack allows, without a JWT authorizer",
      resources: headers("Authorization"),
      settings: { allowed: ["Authorization"] },
      findings: [["agent", `${list}[0]`]],
    },
    {
      title: "an identity that a client can claim",
      resources: headers(custom("Plan"), "X-User-Id"),
      findings: [["agent", `${list}[1]`]],
    },
    { title: "the prefix without a name", resources: headers(custom("")), findings: [["agent", `${list}[0]`]] },
    {
      title: "the prefix inside of another name",
      resources: headers(`X-${custom("Plan")}`),
      findings: [["agent", `${list}[0]`]],
    },
    {
      title: "21 headers",
      resources: headers(...Array.from({ length: 21 }, (_, index) => custom(`H${index}`))),
      findings: [["agent", `${list}.length`]],
    },
  ],
  unknown: [
    {
      title: "headers from elsewhere",
      resources: runtime({ requestHeaderConfiguration: { requestHeaderAllowlists: unknown } }),
      findings: [["agent", list]],
    },
    {
      title: "a header from elsewhere",
      resources: headers(custom("Plan"), unknown),
      findings: [["agent", `${list}[1]`]],
    },
  ],
  notApplicable: none,
});

const lifecycle = (block: unknown) => runtime({ lifecycleConfigurations: block });
const idle = [["agent", "lifecycleConfigurations[0].idleRuntimeSessionTimeout"]] as const;
const life = [["agent", "lifecycleConfigurations[0].maxLifetime"]] as const;

testRule(runtimeLifecycle, {
  pass: [
    { title: "both bounded", resources: lifecycle([{ idleRuntimeSessionTimeout: 60, maxLifetime: 3600 }]) },
    {
      title: "AgentCore's own bounds, said",
      resources: lifecycle([{ idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 }]),
    },
    { title: "AgentCore's own bounds, not said", resources: runtime() },
    { title: "a block in place of a list", resources: lifecycle({ idleRuntimeSessionTimeout: 60, maxLifetime: 3600 }) },
    {
      title: "longer ones that the stack allows",
      resources: lifecycle([{ idleRuntimeSessionTimeout: 3600, maxLifetime: 86_400 }]),
      settings: { maxIdleSeconds: 3600, maxLifetimeSeconds: 86_400 },
    },
  ],
  fail: [
    {
      title: "an hour without a call",
      resources: lifecycle([{ idleRuntimeSessionTimeout: 3600, maxLifetime: 28_800 }]),
      findings: idle,
    },
    {
      title: "14 days",
      resources: lifecycle([{ idleRuntimeSessionTimeout: 900, maxLifetime: 1_209_600 }]),
      findings: life,
    },
    {
      title: "AgentCore's own bounds, where the stack wants less",
      resources: runtime(),
      settings: { maxIdleSeconds: 300, maxLifetimeSeconds: 3600 },
      findings: [...idle, ...life],
    },
    {
      title: "one of the two, and the other too long by default",
      resources: lifecycle([{ idleRuntimeSessionTimeout: 60 }]),
      settings: { maxLifetimeSeconds: 3600 },
      findings: life,
    },
    {
      title: "no bound at all",
      resources: lifecycle([{ idleRuntimeSessionTimeout: -1, maxLifetime: 0 }]),
      findings: [...idle, ...life],
    },
  ],
  unknown: [
    { title: "bounds from elsewhere", resources: lifecycle(unknown), findings: [...idle, ...life] },
    {
      title: "one bound from elsewhere",
      resources: lifecycle([{ idleRuntimeSessionTimeout: 900, maxLifetime: unknown }]),
      findings: life,
    },
  ],
  notApplicable: none,
});

const gate = (props: object) => [declare("agentGateway", "gateway", { name: "tools", ...props })];
const AUDIENCES = "authorizerConfiguration.customJwtAuthorizer.allowedAudiences";
const URL = "authorizerConfiguration.customJwtAuthorizer.discoveryUrl";

testRule(gateway, {
  pass: [
    { title: "AWS_IAM", resources: gate({ authorizerType: "AWS_IAM" }) },
    { title: "complete JWT settings", resources: gate({ authorizerType: "CUSTOM_JWT", ...jwt }) },
    {
      title: "a key that the stack asks for",
      resources: gate({ authorizerType: "AWS_IAM", kmsKeyArn: key }),
      settings: { requireKey: true },
    },
  ],
  fail: [
    { title: "NONE", resources: gate({ authorizerType: "NONE" }), findings: [["gateway", "authorizerType"]] },
    {
      title: "AUTHENTICATE_ONLY",
      resources: gate({ authorizerType: "AUTHENTICATE_ONLY" }),
      findings: [["gateway", "authorizerType"]],
    },
    { title: "no kind of auth", resources: gate({}), findings: [["gateway", "authorizerType"]] },
    {
      title: "tokens of nobody in particular",
      resources: gate({ authorizerType: "CUSTOM_JWT" }),
      findings: [
        ["gateway", URL],
        ["gateway", AUDIENCES],
      ],
    },
    {
      title: "DEBUG",
      resources: gate({ authorizerType: "AWS_IAM", exceptionLevel: "DEBUG" }),
      findings: [["gateway", "exceptionLevel"]],
    },
    {
      title: "AWS's own key where the stack asks for another",
      resources: gate({ authorizerType: "AWS_IAM" }),
      settings: { requireKey: true },
      findings: [["gateway", "kmsKeyArn"]],
    },
  ],
  unknown: [
    {
      title: "a kind of auth from elsewhere",
      resources: gate({ authorizerType: unknown, ...jwt }),
      findings: [["gateway", "authorizerType"]],
    },
    {
      title: "a level from elsewhere",
      resources: gate({ authorizerType: "AWS_IAM", exceptionLevel: unknown }),
      findings: [["gateway", "exceptionLevel"]],
    },
  ],
  notApplicable: none,
});

const memory = (props: object = {}) => [
  declare("agentMemory", "memory", { name: "m", eventExpiryDuration: 30, ...props }),
];

testRule(memoryKey, {
  pass: [
    { title: "a key", resources: memory({ encryptionKeyArn: key }), settings: { requireKey: true } },
    { title: "AWS's own key, where nobody asks", resources: memory() },
    {
      title: "a key of the stack's own",
      resources: (() => {
        const own = declare("key", "own");
        return [own, ...memory({ encryptionKeyArn: own.out("arn") })];
      })(),
      settings: { requireKey: true },
      modes: ["update"],
    },
  ],
  fail: [
    {
      title: "AWS's own key",
      resources: memory(),
      settings: { requireKey: true },
      findings: [["memory", "encryptionKeyArn"]],
    },
    {
      title: "no key, written down",
      resources: memory({ encryptionKeyArn: null }),
      settings: { requireKey: true },
      findings: [["memory", "encryptionKeyArn"]],
    },
  ],
  unknown: [
    {
      title: "a key from elsewhere",
      resources: memory({ encryptionKeyArn: unknown }),
      settings: { requireKey: true },
      findings: [["memory", "encryptionKeyArn"]],
    },
  ],
  notApplicable: none,
});

const browser = (props: object) => [declare("agentBrowser", "browser", { name: "b", ...props })];
const interpreter = (props: object) => [declare("agentCodeInterpreter", "code", { name: "c", ...props })];
const recording = { recording: { enabled: true, s3Location: { bucket: "recordings", prefix: "b/" } } };

testRule(toolNetwork, {
  pass: [
    { title: "a browser in a VPC that records", resources: browser({ ...mode("VPC"), ...recording }) },
    { title: "an interpreter in a VPC", resources: interpreter(mode("VPC")) },
    { title: "an interpreter without a network", resources: interpreter(mode("SANDBOX")) },
    {
      title: "a public browser that the stack allows",
      resources: browser(mode("PUBLIC")),
      settings: { allowed: ["PUBLIC"], recording: false },
    },
  ],
  fail: [
    {
      title: "a public browser",
      resources: browser({ ...mode("PUBLIC"), ...recording }),
      findings: modeFound("browser"),
    },
    { title: "a public interpreter", resources: interpreter(mode("PUBLIC")), findings: modeFound("code") },
    { title: "no mode", resources: interpreter({}), findings: modeFound("code") },
    { title: "a browser that records nothing", resources: browser(mode("VPC")), findings: [["browser", "recording"]] },
    {
      title: "a recording that is off",
      resources: browser({ ...mode("VPC"), recording: { ...recording.recording, enabled: false } }),
      findings: [["browser", "recording"]],
    },
    {
      title: "a recording with nowhere to go",
      resources: browser({ ...mode("VPC"), recording: { enabled: true } }),
      findings: [["browser", "recording"]],
    },
  ],
  unknown: [
    { title: "a mode from elsewhere", resources: interpreter(mode(unknown)), findings: modeFound("code") },
    {
      title: "a recording from elsewhere",
      resources: browser({ ...mode("VPC"), recording: unknown }),
      findings: [["browser", "recording"]],
    },
  ],
  notApplicable: none,
});
