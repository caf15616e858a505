import assert from "node:assert/strict";
import { ENVIRONMENT } from "../../../contract/runtime/environment";
import { settingsOf } from "../../../policy/pack/settings";
import { functionAgentRuntime } from "../../../policy/rules/functions/agentRuntime";
import { functionEnvironmentHijack } from "../../../policy/rules/functions/environmentHijack";
import { functionEnvironmentSecrets } from "../../../policy/rules/functions/environmentSecrets";
import { findingsOf, stackResources, testRule } from "../support/cases";
import { analyzed, declare, text, unknown, type Declared } from "../support/declare";

const fn = (props: Readonly<Record<string, unknown>>): Declared[] => [declare("function", "fn", props)];
const withVariables = (variables: unknown, more: object = {}) => fn({ environment: { variables }, ...more });
const variable = (name: string): [string, string] => ["fn", `environment.variables.${name}`];
const noFunctions = { title: "a stack without functions", resources: [declare("logGroup", "logs")] };

const runtime = declare("agentRuntime", "agent", { agentRuntimeName: "agent" });
const ARN = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";

// Put together here, so that nothing that searches the repository takes them for leaks.
const SAMPLES: Readonly<Record<string, string>> = {
  "an AWS access key": `AKIA${"ABCDEFGH".repeat(2)}`,
  "a temporary AWS access key in a longer text": `id=ASIA${"ABCDEFGH".repeat(2)};`,
  "a private key": ["-----BEGIN RSA", "PRIVATE", "KEY-----\nMII"].join(" "),
  "a token of a code host": `ghp_${"a1B2".repeat(9)}`,
  "a Slack token": ["xoxb", "1234567890", "abc"].join("-"),
  "a key of a model provider": ["sk", "ant", "api03", "abcdefghijkl"].join("-"),
  "a web token": ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "c2lnbmF0dXJl"].join("."),
  "a URL with a password": ["postgres://app", "hunter2@db.internal/app"].join(":"),
};

testRule(functionEnvironmentSecrets, {
  pass: [
    {
      title: "the doors' own variables",
      resources: withVariables({
        ...Object.fromEntries(Object.values(ENVIRONMENT).map((name) => [name, "{}"])),
        [ENVIRONMENT.runtimeArn]: ARN,
        [ENVIRONMENT.jwt]:
          '{"issuer":"https://issuer.example.com/","audience":["https://api.example.com"],"scopes":[]}',
      }),
    },
    { title: "no variables", resources: fn({}) },
    {
      title: "names of secrets and not the secrets",
      resources: withVariables({
        DB_SECRET: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3",
        API_KEY: "/prod/api-key",
        TOKEN_URL: "https://issuer.example.com/token",
        SECRET: "{{resolve:secretsmanager:db}}",
        PASSWORD: "",
      }),
    },
    { title: "numbers and switches", resources: withVariables({ MAX_TOKEN: "512", USE_TOKEN: "true" }) },
    {
      title: "the ARN of an agent of the stack",
      resources: [runtime, ...withVariables({ A: runtime.out("agentRuntimeArn") })],
    },
  ],
  fail: [
    ...Object.entries(SAMPLES).map(([title, value]) => ({
      title,
      resources: withVariables({ SETTINGS: value }),
      findings: [variable("SETTINGS")],
    })),
    {
      title: "a password by its name",
      resources: withVariables({ DB_PASSWORD: "correct horse" }),
      findings: [variable("DB_PASSWORD")],
    },
    {
      title: "a key by its name in small letters",
      resources: withVariables({ openaiApiKey: "abc" }),
      findings: [variable("openaiApiKey")],
    },
    {
      title: "a bearer token for Bedrock",
      resources: withVariables({ AWS_BEARER_TOKEN_BEDROCK: "abc", OTHER: "x" }),
      findings: [variable("AWS_BEARER_TOKEN_BEDROCK")],
    },
    {
      title: "two of them",
      resources: withVariables({ CLIENT_SECRET: "abc", ACCESS_TOKEN: "abc" }),
      findings: [variable("CLIENT_SECRET"), variable("ACCESS_TOKEN")],
    },
  ],
  unknown: [
    { title: "a value from outside", resources: withVariables({ A: unknown, B: "b" }), findings: [variable("A")] },
    { title: "all variables", resources: withVariables(unknown), findings: [["fn", "environment.variables"]] },
    {
      title: "a value that may be a password",
      modes: ["preview"],
      resources: (() => {
        const password = declare("random:index/randomPassword:RandomPassword", "password");
        return [
          runtime,
          password,
          ...withVariables({ A: text`${runtime.out("agentRuntimeArn")}${password.out("result")}` }),
        ];
      })(),
      findings: [variable("A")],
    },
    {
      title: "a value of another stack",
      modes: ["preview"],
      resources: (() => {
        const other = declare("pulumi:pulumi:StackReference", "other");
        return [other, ...withVariables({ A: other.out("output") })];
      })(),
      findings: [variable("A")],
    },
  ],
  notApplicable: [noFunctions],
});

describe("what fd-lambda-function-environment-secrets says", () => {
  for (const [title, value] of Object.entries(SAMPLES))
    it(`never shows ${title}`, () => {
      const resources = stackResources(analyzed(withVariables({ SETTINGS: value }), "update"));
      const [finding] = findingsOf(functionEnvironmentSecrets, resources);
      assert.ok(finding);
      const { seen, wanted, finding: id } = finding;
      assert.ok(![seen, wanted, id].some((said) => said.includes(value)));
    });
});

testRule(functionEnvironmentHijack, {
  pass: [
    { title: "no variables", resources: fn({}) },
    {
      title: "other variables, known or not",
      resources: withVariables({ DOOR: "streamingApi", AGENTS: unknown, NODE_ENV: "production" }),
    },
    { title: "one that is set to nothing", resources: withVariables({ NODE_OPTIONS: null }) },
    {
      title: "one that the stack allows",
      settings: { allow: ["AWS_LAMBDA_EXEC_WRAPPER"] },
      resources: withVariables({ AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-handler" }),
    },
  ],
  fail: [
    ...[
      "NODE_OPTIONS",
      "NODE_PATH",
      "AWS_LAMBDA_EXEC_WRAPPER",
      "LD_PRELOAD",
      "NODE_TLS_REJECT_UNAUTHORIZED",
      "NODE_EXTRA_CA_CERTS",
      "AWS_ENDPOINT_URL",
      "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE",
      "HTTPS_PROXY",
      "http_proxy",
    ].map((name) => ({ title: name, resources: withVariables({ [name]: "x" }), findings: [variable(name)] })),
    {
      title: "one beside another that the stack allows",
      settings: { allow: ["NODE_OPTIONS"] },
      resources: withVariables({ NODE_OPTIONS: "--enable-source-maps", ALL_PROXY: "x" }),
      findings: [variable("ALL_PROXY")],
    },
  ],
  unknown: [
    {
      title: "one whose value is to come",
      resources: withVariables({ LD_PRELOAD: unknown }),
      findings: [variable("LD_PRELOAD")],
    },
    {
      title: "which variables there are",
      resources: withVariables(unknown),
      findings: [["fn", "environment.variables"]],
    },
  ],
  notApplicable: [noFunctions],
});

const OWN_ROLE = { role: "arn:aws:iam::123456789012:role/door" };
const PLACED = { ...OWN_ROLE, region: "us-east-1" };
const elsewhere = (part: string, other: string) => ({ AGENT_RUNTIME_ARN: ARN.replace(part, other) });

testRule(functionAgentRuntime, {
  pass: [
    { title: "one agent", resources: withVariables({ AGENT_RUNTIME_ARN: ARN, AGENTS: "{}" }, PLACED) },
    {
      title: "named agents",
      resources: withVariables({
        AGENT_RUNTIME_ARN: "",
        AGENTS: JSON.stringify({ a: [ARN, "DEFAULT"], b: [ARN, "DEFAULT", "next", 5] }),
      }),
    },
    {
      title: "a list of ARNs under a name of one's own",
      settings: { variables: ["RUNTIMES"] },
      resources: withVariables({ RUNTIMES: JSON.stringify([ARN, { arn: ARN }]) }),
    },
    {
      title: "an agent of the stack",
      resources: [runtime, ...withVariables({ AGENT_RUNTIME_ARN: runtime.out("agentRuntimeArn") })],
    },
    {
      title: "an agent of the stack in JSON",
      resources: [runtime, ...withVariables({ AGENTS: text`{"a":["${runtime.out("agentRuntimeArn")}","DEFAULT"]}` })],
    },
    {
      title: "an agent of an account that is meant",
      settings: { accounts: ["210987654321"] },
      resources: withVariables(elsewhere("123456789012", "210987654321"), PLACED),
    },
    {
      title: "an agent of a region that is meant",
      settings: { regions: ["eu-central-1"] },
      resources: withVariables(elsewhere("us-east-1", "eu-central-1"), PLACED),
    },
    { title: "a function that calls no agent", resources: withVariables({ DOOR: "x" }) },
  ],
  fail: [
    {
      title: "agent-runtime/ for runtime/",
      resources: withVariables(elsewhere("runtime/", "agent-runtime/")),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "the ARN of an endpoint",
      resources: withVariables({ AGENT_RUNTIME_ARN: `${ARN}/runtime-endpoint/DEFAULT` }),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "an id",
      resources: withVariables({ AGENT_RUNTIME_ARN: "my_agent-a1b2c3d4e5" }),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "a URL",
      resources: withVariables({ AGENT_RUNTIME_ARN: "https://agent.example.com" }),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "a star",
      resources: withVariables({ AGENT_RUNTIME_ARN: ARN.replace(/[^/]+$/, "*") }),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "one bad agent of two",
      resources: withVariables({ AGENTS: JSON.stringify({ a: [ARN, "DEFAULT"], "b c": ["x", "DEFAULT"] }) }),
      findings: [variable("AGENTS[1]")],
    },
    { title: "JSON that is none", resources: withVariables({ AGENTS: '{"a":' }), findings: [variable("AGENTS")] },
    {
      title: "no agent at all",
      resources: withVariables({ AGENT_RUNTIME_ARN: "", AGENTS: "{}" }),
      findings: [variable("AGENTS")],
    },
    {
      title: "another account",
      modes: ["update"],
      resources: withVariables(elsewhere("123456789012", "210987654321"), OWN_ROLE),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "another region",
      modes: ["update"],
      resources: withVariables(elsewhere("us-east-1", "eu-central-1"), PLACED),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "another partition",
      modes: ["update"],
      resources: withVariables(elsewhere("arn:aws:", "arn:aws-cn:"), OWN_ROLE),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
  ],
  unknown: [
    {
      title: "an ARN from outside",
      resources: withVariables({ AGENT_RUNTIME_ARN: unknown }),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
    {
      title: "which variables there are",
      resources: withVariables(unknown),
      findings: [["fn", "environment.variables"]],
    },
    {
      title: "an ARN that another kind of resource gives",
      modes: ["preview"],
      resources: (() => {
        const other = declare("restApi", "api");
        return [other, ...withVariables({ AGENT_RUNTIME_ARN: other.out("arn") })];
      })(),
      findings: [variable("AGENT_RUNTIME_ARN")],
    },
  ],
  notApplicable: [noFunctions],
});

describe("fd-lambda-function-agent-runtime's settings", () => {
  it("name the variables that the components write", () => {
    const { settings } = settingsOf(functionAgentRuntime.settings, {});
    assert.deepEqual(settings["variables"], [ENVIRONMENT.runtimeArn, ENVIRONMENT.agents]);
  });
});
