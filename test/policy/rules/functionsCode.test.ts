import assert from "node:assert/strict";
import { ENVIRONMENT } from "../../../contract/environment";
import { settingsOf } from "../../../policy/pack/settings";
import { functionAgentRuntime } from "../../../policy/rules/functions/agentRuntime";
import { functionCodeSource } from "../../../policy/rules/functions/codeSource";
import { functionEnvironmentHijack } from "../../../policy/rules/functions/environmentHijack";
import { functionEnvironmentSecrets } from "../../../policy/rules/functions/environmentSecrets";
import { functionLayers } from "../../../policy/rules/functions/layers";
import { findingsOf, stackResources, testRule } from "../support/cases";
import { analyzed, declare, text, unknown, type Declared } from "../support/declare";

const fn = (props: object): Declared[] => [declare("function", "fn", props)];
const withVariables = (variables: unknown, more: object = {}) => fn({ environment: { variables }, ...more });
const variable = (name: string): [string, string] => ["fn", `environment.variables.${name}`];
const noFunctions = { title: "a stack without functions", resources: [declare("logGroup", "logs")] };

const runtime = declare("agentRuntime", "agent", { agentRuntimeName: "agent" });
const ARN = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";

// Put together here, so that nothing that searches the repository takes them for leaks.
const SAMPLES: Readonly<Record<string, string>> = {
  "an AWS access key": `AKIA${"ABCDEFGH".repeat(2)}`,
  "a temporary AWS access key in a longer text": `id=ASIA${"ABCDEFGH".repeat(2)};`,
  "a private key": `-----BEGIN RSA ${"PRIVATE"} KEY-----\nMII`,
  "a token of a code host": `ghp_${"a1B2".repeat(9)}`,
  "a Slack token": `xoxb-${"1234567890"}-abc`,
  "a key of a model provider": `sk-ant-${"api03-abcdefghijkl"}`,
  "a web token": `eyJ${"hbGciOiJIUzI1NiJ9"}.eyJ${"zdWIiOiIxMjM0In0"}.${"c2lnbmF0dXJl"}`,
  "a URL with a password": `postgres://app:${"hunter2"}@db.internal/app`,
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

/** As the SDK puts an asset or archive on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const archive = (content: object) => ({ [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", ...content });
const ownFiles = archive({ path: "./dist" });
const byDigest = `123456789012.dkr.ecr.us-east-1.amazonaws.com/door@sha256:${"0123456789abcdef".repeat(4)}`;
const publishing = declare("function", "fn", { code: ownFiles, publish: true });
const [latest] = fn({ code: ownFiles });
assert.ok(latest);
const alias = (functionVersion: unknown, name: unknown = "live") =>
  declare("alias", "alias", { functionName: "fn", name, functionVersion });

testRule(functionCodeSource, {
  pass: [
    { title: "an archive of files", resources: fn({ code: ownFiles }) },
    {
      title: "an archive that the program puts together",
      resources: fn({
        code: archive({
          assets: { "index.mjs": { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "export {}" } },
        }),
      }),
    },
    { title: "an image by its digest", resources: fn({ packageType: "Image", imageUri: byDigest }) },
    { title: "an object in S3", resources: fn({ s3Bucket: "code", s3Key: "fn.zip", s3ObjectVersion: "1" }) },
    { title: "an alias on the version of the same update", resources: [publishing, alias(publishing.out("version"))] },
    { title: "an alias on an older version", resources: [latest, alias("7")] },
    {
      title: "an alias for development on $LATEST",
      settings: { latestAliases: ["dev"] },
      resources: [latest, alias("$LATEST", "dev")],
    },
  ],
  fail: [
    {
      title: "an archive from a URL",
      resources: fn({ code: archive({ uri: "http://example.com/fn.zip" }) }),
      findings: [["fn", "code"]],
    },
    {
      title: "an archive from a URL with TLS",
      resources: fn({ code: archive({ uri: "https://example.com/fn.zip" }) }),
      findings: [["fn", "code"]],
    },
    {
      title: "an image by its tag",
      resources: fn({ packageType: "Image", imageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/door:v1" }),
      findings: [["fn", "imageUri"]],
    },
    {
      title: "an image by nothing",
      resources: fn({ packageType: "Image", imageUri: "door" }),
      findings: [["fn", "imageUri"]],
    },
    {
      title: "an image by half a digest",
      resources: fn({ packageType: "Image", imageUri: "door@sha256:0123" }),
      findings: [["fn", "imageUri"]],
    },
    { title: "an alias on $LATEST", resources: [latest, alias("$LATEST")], findings: [["alias", "functionVersion"]] },
    {
      title: "an alias on the version of a function that publishes none",
      resources: [latest, alias(latest.out("version"))],
      findings: [["alias", "functionVersion"]],
    },
  ],
  unknown: [
    {
      title: "an image to come",
      resources: fn({ packageType: "Image", imageUri: unknown }),
      findings: [["fn", "imageUri"]],
    },
    { title: "an archive to come", resources: fn({ code: unknown }), findings: [["fn", "code"]] },
    { title: "a version from outside", resources: [latest, alias(unknown)], findings: [["alias", "functionVersion"]] },
  ],
  notApplicable: [noFunctions],
});

const layer = declare("layerVersion", "layer", { layerName: "layer" });
const layerOf = (account: string) => `arn:aws:lambda:us-east-1:${account}:layer:telemetry:3`;

testRule(functionLayers, {
  pass: [
    { title: "no layers", resources: fn(OWN_ROLE) },
    { title: "a layer of the function's account", resources: fn({ ...OWN_ROLE, layers: [layerOf("123456789012")] }) },
    {
      title: "a layer of the stack",
      resources: [layer, ...fn({ ...OWN_ROLE, layers: [layer.out("arn")] })],
      modes: ["preview"],
    },
    {
      title: "a layer of an account that the stack trusts",
      settings: { accounts: ["580247275435"] },
      resources: fn({ layers: [layerOf("580247275435")] }),
    },
  ],
  fail: [
    {
      title: "a layer of another account",
      resources: fn({ ...OWN_ROLE, layers: [layerOf("210987654321")] }),
      findings: [["fn", "layers[0]"]],
    },
    {
      title: "a layer of another account beside one's own",
      resources: fn({ ...OWN_ROLE, layers: [layerOf("123456789012"), layerOf("210987654321")] }),
      findings: [["fn", "layers[1]"]],
    },
    {
      title: "what is no layer",
      resources: fn({ ...OWN_ROLE, layers: ["telemetry"] }),
      findings: [["fn", "layers[0]"]],
    },
    {
      title: "an account that is not the trusted one",
      settings: { accounts: ["580247275435"] },
      resources: fn({ ...OWN_ROLE, layers: [layerOf("580247275436")] }),
      findings: [["fn", "layers[0]"]],
    },
  ],
  unknown: [
    {
      title: "a layer from outside",
      resources: fn({ ...OWN_ROLE, layers: [unknown] }),
      findings: [["fn", "layers[0]"]],
    },
    { title: "which layers there are", resources: fn({ ...OWN_ROLE, layers: unknown }), findings: [["fn", "layers"]] },
    {
      title: "whose account the function's is",
      modes: ["preview"],
      resources: fn({ layers: [layerOf("210987654321")] }),
      findings: [["fn", "layers[0]"]],
    },
  ],
  notApplicable: [noFunctions],
});
