import assert from "node:assert/strict";
import {
  AccountLogging,
  BufferedApi,
  EdgeDistribution,
  EdgeSigner,
  SampleAgent,
  StreamingApi,
  StreamingUrl,
  type AgentsArgs,
} from "../../../components/index";
import { text, TYPES, type Graph } from "../../../local/program/graph";
import { only, record, RUNTIME_ARN } from "../../support/program/components";
import { evaluate, policiesOf, type Verdict } from "../../support/program/iam";

const OTHER = RUNTIME_ARN.replace("my_agent", "other_agent");
const STRANGE = RUNTIME_ARN.replace("my_agent", "strange_agent");
const ACCOUNT = "123456789012";
const REST = {
  auth: "iam",
  webAclArn: "arn:aws:wafv2:acl",
  throttle: { rateLimit: 50, burstLimit: 100 },
} as const;

/** The doors. Each creates one function. */
const DOORS: Readonly<Record<string, (args: AgentsArgs) => unknown>> = {
  bufferedApi: (args) => new BufferedApi("door", { ...args, ...REST, maxDurationSeconds: 29 }),
  streamingUrl: (args) => new StreamingUrl("door", { ...args, maxDurationSeconds: 300 }),
  streamingApi: (args) => new StreamingApi("door", { ...args, ...REST, maxDurationSeconds: 300 }),
};

interface Variant {
  readonly args: AgentsArgs;
  /** Runtimes that the role may call. */
  readonly runtimes: readonly string[];
  readonly stop: boolean;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  "one agent": { args: { agentRuntimeArn: RUNTIME_ARN }, runtimes: [RUNTIME_ARN], stop: true },
  "stopSession off": {
    args: { agentRuntimeArn: RUNTIME_ARN, stopSession: false },
    runtimes: [RUNTIME_ARN],
    stop: false,
  },
  "two agents and a canary": {
    args: {
      agentRuntimeArn: RUNTIME_ARN,
      canary: { qualifier: "next", weight: 10 },
      agents: { other: { agentRuntimeArn: OTHER, canary: { qualifier: "beta", weight: 50 } } },
    },
    runtimes: [RUNTIME_ARN, OTHER],
    stop: true,
  },
  "named agents only": { args: { agents: { other: { agentRuntimeArn: OTHER } } }, runtimes: [OTHER], stop: true },
};

/** The other ways to call a runtime: on behalf of a user, a shell, a socket. */
const SIBLINGS = ["ForUser", "Command", "CommandShell", "WithWebSocketStream", "WithWebSocketStreamForUser"];

const endpoint = (runtime: string, qualifier = "DEFAULT") => `${runtime}/runtime-endpoint/${qualifier}`;
const agentCore = (resource: string) => `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:${resource}`;
const function_ = (name: string) => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}`;

/** Actions and resources that no door's role may have, in any stack. */
const NEVER: readonly (readonly [action: string, resource: string])[] = [
  ...[RUNTIME_ARN, OTHER].flatMap((runtime) =>
    SIBLINGS.flatMap((sibling): [string, string][] => [
      [`bedrock-agentcore:InvokeAgentRuntime${sibling}`, runtime],
      [`bedrock-agentcore:InvokeAgentRuntime${sibling}`, endpoint(runtime)],
    ]),
  ),
  ...["InvokeAgentRuntime", "StopRuntimeSession"].flatMap((action): [string, string][] => [
    [`bedrock-agentcore:${action}`, STRANGE],
    [`bedrock-agentcore:${action}`, endpoint(STRANGE)],
    [`bedrock-agentcore:${action}`, RUNTIME_ARN.replace(ACCOUNT, "210987654321")],
    [`bedrock-agentcore:${action}`, endpoint(RUNTIME_ARN.replace(ACCOUNT, "210987654321"))],
    [`bedrock-agentcore:${action}`, RUNTIME_ARN.replace("us-east-1", "eu-west-1")],
    [`bedrock-agentcore:${action}`, endpoint(RUNTIME_ARN.replace("us-east-1", "eu-west-1"))],
    [`bedrock-agentcore:${action}`, RUNTIME_ARN.replace("runtime/", "agent-runtime/")],
    [`bedrock-agentcore:${action}`, `${RUNTIME_ARN}x`],
  ]),
  ["bedrock-agentcore:GetAgentCard", RUNTIME_ARN],
  ["bedrock-agentcore:GetAgentRuntime", RUNTIME_ARN],
  ["bedrock-agentcore:UpdateAgentRuntime", RUNTIME_ARN],
  ["bedrock-agentcore:DeleteAgentRuntime", RUNTIME_ARN],
  ["bedrock-agentcore:PutResourcePolicy", RUNTIME_ARN],
  ["bedrock-agentcore:PutResourcePolicy", endpoint(RUNTIME_ARN)],
  ["bedrock-agentcore:DeleteResourcePolicy", RUNTIME_ARN],
  ["bedrock-agentcore:InvokeGateway", agentCore("gateway/gateway-a1b2c3d4e5")],
  ["bedrock-agentcore:CreateEvent", agentCore("memory/memory-a1b2c3d4e5")],
  ["bedrock-agentcore:RetrieveMemoryRecords", agentCore("memory/memory-a1b2c3d4e5")],
  ["bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/any.model"],
  ["bedrock:InvokeModelWithResponseStream", "arn:aws:bedrock:us-east-1::foundation-model/any.model"],
  ["s3:GetObject", "arn:aws:s3:::bucket/key"],
  ["s3:PutObject", "arn:aws:s3:::bucket/key"],
  ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/other`],
  ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/other`],
  ["iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/other`],
  ["lambda:InvokeFunction", function_("other")],
  ["lambda:UpdateFunctionCode", function_("door-fn")],
  ["lambda:GetFunction", function_("door-fn")],
  ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:any-AbCdEf`],
  ["ssm:GetParameter", `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/any`],
  ["kms:Decrypt", `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-0000-0000-0000-000000000000`],
  ["dynamodb:GetItem", `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/any`],
  ["execute-api:Invoke", `arn:aws:execute-api:us-east-1:${ACCOUNT}:api/live/POST/invoke`],
  ["logs:CreateLogGroup", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:any`],
  ["logs:PutLogEvents", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:any:log-stream:any`],
  ["logs:CreateLogStream", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:any:log-stream:any`],
  ["logs:GetLogEvents", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:any:log-stream:any`],
];

describe("the role of a door, evaluated", () => {
  it("has at least forty things that it may never do", () => {
    assert.ok(new Set(NEVER.map((triple) => triple.join(" "))).size >= 40, String(NEVER.length));
  });

  for (const [door, make] of Object.entries(DOORS)) {
    for (const [variant, { args, runtimes, stop }] of Object.entries(VARIANTS)) {
      describe(`${door}, ${variant}`, () => {
        let graph: Graph;
        let may: (action: string, resource: string) => Promise<Verdict>;
        before(async () => {
          graph = await record(false, () => {
            make(args);
          });
          const principal = text(only(graph, TYPES.role), "arn");
          const identityPolicies = policiesOf(graph, principal);
          assert.equal(identityPolicies.length, 1);
          may = (action, resource) => evaluate({ principal, action, resource, identityPolicies });
        });

        it("has no rights from elsewhere", () => {
          const { managedPolicyArns, inlinePolicies, permissionsBoundary } = only(graph, TYPES.role).inputs;
          assert.deepEqual([managedPolicyArns, inlinePolicies, permissionsBoundary], [undefined, undefined, undefined]);
          const attached = graph.resources.filter(({ type }) => /aws:iam\/.*[aA]ttachment/.test(type));
          assert.deepEqual(attached, []);
        });

        it("may call its runtimes at any endpoint, and stop their sessions where that is on", async () => {
          for (const runtime of runtimes) {
            for (const resource of [runtime, endpoint(runtime), endpoint(runtime, "next")]) {
              assert.equal(await may("bedrock-agentcore:InvokeAgentRuntime", resource), "Allowed", resource);
              const verdict = await may("bedrock-agentcore:StopRuntimeSession", resource);
              assert.equal(verdict, stop ? "Allowed" : "ImplicitlyDenied", resource);
            }
          }
        });

        it("may not call another agent's runtime", async () => {
          for (const runtime of [RUNTIME_ARN, OTHER].filter((arn) => !runtimes.includes(arn))) {
            for (const resource of [runtime, endpoint(runtime)]) {
              assert.equal(await may("bedrock-agentcore:InvokeAgentRuntime", resource), "ImplicitlyDenied", resource);
            }
          }
        });

        it("may write its own log, and do no more with it", async () => {
          const group = graph.all(TYPES.logGroup).find(({ name }) => name === "door-fn-logs");
          const arn = text(group ?? only(graph, TYPES.logGroup), "arn");
          assert.equal(await may("logs:CreateLogStream", `${arn}:log-stream:any`), "Allowed");
          assert.equal(await may("logs:PutLogEvents", `${arn}:log-stream:any`), "Allowed");
          for (const action of ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy"]) {
            assert.equal(await may(action, arn), "ImplicitlyDenied", action);
          }
          assert.equal(await may("logs:GetLogEvents", `${arn}:log-stream:any`), "ImplicitlyDenied");
        });

        it("may do nothing else", async () => {
          for (const [action, resource] of NEVER) {
            const verdict = await may(action, resource);
            // An action cannot be allowed on a resource type that it does not have.
            const wrongForm = resource.includes("agent-runtime/") ? "no such resource for the action" : undefined;
            assert.equal(verdict, wrongForm ?? "ImplicitlyDenied", `${action} on ${resource}`);
          }
        });
      });
    }
  }
});

describe("the role of a door behind an anonymous edge, evaluated", () => {
  it("may compute MACs with its own key, and do no more with it or with another", async () => {
    const graph = await record(false, () => {
      new StreamingUrl("door", { agentRuntimeArn: RUNTIME_ARN, maxDurationSeconds: 300, publicEdge: true });
    });
    const principal = text(only(graph, TYPES.role), "arn");
    const identityPolicies = policiesOf(graph, principal);
    const key = only(graph, TYPES.kmsKey);
    const [arn, resourcePolicy] = [text(key, "arn"), JSON.parse(text(key, "policy")) as unknown];
    const may = (action: string, resource: string) =>
      evaluate({
        principal,
        action,
        resource,
        identityPolicies,
        // Every key has a policy, and IAM policies count only if it says so.
        ...(action.startsWith("kms:") && { resourcePolicy }),
      });
    assert.equal(await may("kms:GenerateMac", arn), "Allowed");
    assert.equal(await may("kms:GenerateMac", `${arn}0`), "ImplicitlyDenied");
    for (const action of ["kms:VerifyMac", "kms:DescribeKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"])
      assert.equal(await may(action, arn), "ImplicitlyDenied", action);
    for (const [action, resource] of NEVER.filter(([, each]) => !each.includes("agent-runtime/")))
      assert.equal(await may(action, resource), "ImplicitlyDenied", `${action} on ${resource}`);
  });
});

describe("a role whose log group AWS makes, evaluated", () => {
  // CloudWatch Logs evaluates CreateLogGroup with a stream without a name: the group's own ARN is not enough.
  const group = (name: string, region = "us-east-1") => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}`;
  const NAMES: Readonly<Record<string, { make: () => unknown; groupOf: (graph: Graph) => string; regions: string[] }>> =
    {
      EdgeSigner: {
        make: () =>
          new EdgeDistribution("edge", {
            functionUrl: "https://x.lambda-url.us-east-1.on.aws/",
            functionName: "fn",
            webAclArn: "arn",
            bodySignerArn: new EdgeSigner("signer").qualifiedArn,
          }),
        groupOf: (graph) => `/aws/lambda/us-east-1.${text(only(graph, TYPES.function), "name")}`,
        regions: ["us-east-1", "eu-central-1", "sa-east-1"],
      },
      AccountLogging: {
        make: () => new AccountLogging("logging"),
        groupOf: () => "API-Gateway-Execution-Logs_abc/live",
        regions: ["us-east-1"],
      },
      SampleAgent: {
        make: () => new SampleAgent("sample"),
        groupOf: (graph) =>
          `/aws/bedrock-agentcore/runtimes/${String(only(graph, TYPES.agentRuntime).inputs["agentRuntimeName"])}-a1b2c3d4e5-DEFAULT`,
        regions: ["us-east-1"],
      },
    };
  for (const [component, { make, groupOf, regions }] of Object.entries(NAMES)) {
    it(`may make it and write it, wherever it runs: ${component}`, async () => {
      const graph = await record(false, () => void make());
      const principal = text(only(graph, TYPES.role), "arn");
      const identityPolicies = policiesOf(graph, principal);
      const may = (action: string, resource: string) => evaluate({ principal, action, resource, identityPolicies });
      for (const region of regions) {
        const arn = group(groupOf(graph), region);
        assert.equal(await may("logs:CreateLogGroup", `${arn}:log-stream:`), "Allowed", region);
        assert.equal(await may("logs:CreateLogStream", `${arn}:log-stream:any`), "Allowed", region);
        assert.equal(await may("logs:PutLogEvents", `${arn}:log-stream:any`), "Allowed", region);
      }
      if (component === "AccountLogging") return;
      assert.equal(await may("logs:CreateLogGroup", `${group("other")}:log-stream:`), "ImplicitlyDenied");
      assert.equal(await may("logs:PutLogEvents", `${group("other")}:log-stream:any`), "ImplicitlyDenied");
    });
  }
});
