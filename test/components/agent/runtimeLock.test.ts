import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FrontDoor, RuntimeLock } from "../../../components/index";
import { RUNTIME_ACTIONS } from "../../../components/function/agentRights";
import { ownArn } from "../../../components/agent/runtimeLock";
import { requireUnusedRuntime } from "../../../components/frontDoor/locks";
import type { StackConfig } from "../../../contract/config/schema";
import { text, TYPES, type Graph } from "../../../local/program/graph";
import { RUNTIME_ACTIONS as POLICY_ACTIONS } from "../../../policy/aws/agentRights";
import {
  assertSound,
  counts,
  MODES,
  record,
  RUNTIME_ARN,
  sources,
  UNKNOWN,
  wire,
} from "../../support/program/components";
import { evaluate, policiesOf } from "../../support/program/iam";

const BREAK_GLASS = "arn:aws:iam::123456789012:role/ops/break-glass";
const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
const OTHER_AGENT = RUNTIME_ARN.replace("my_agent", "other_agent");

/** The most that another principal's own policies could allow. */
const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

describe("RuntimeLock", () => {
  for (const { mode, preview } of MODES) {
    describe(`in a front door, ${mode}`, () => {
      let graph: Graph;
      before(async () => {
        graph = await record(
          preview,
          () =>
            new FrontDoor("door", {
              agentRuntimeArn: RUNTIME_ARN,
              canary: { qualifier: "next", weight: 10 },
              agents: {
                // The same runtime under another name, and a different runtime.
                again: { agentRuntimeArn: RUNTIME_ARN, qualifier: "live" },
                other: { agentRuntimeArn: OTHER_AGENT },
              },
              doors: ["bufferedApi", "streamingUrl"],
              lockRuntime: true,
              breakGlassPrincipals: [BREAK_GLASS],
            }),
        );
      });

      it("puts one policy on each runtime and on each endpoint that is called", () => {
        assertSound(graph);
        const policies = graph.all(TYPES.resourcePolicy);
        assert.deepEqual(
          policies.map((policy) => wire(policy)["resourceArn"]).sort(),
          [
            RUNTIME_ARN,
            ...["DEFAULT", "live", "next"].map((endpoint) => `${RUNTIME_ARN}/runtime-endpoint/${endpoint}`),
            OTHER_AGENT,
            `${OTHER_AGENT}/runtime-endpoint/DEFAULT`,
          ].sort(),
        );
      });

      it("comes after the doors", () => {
        const doors = [TYPES.functionUrl, TYPES.stage, TYPES.permission, TYPES.webAclAssociation].flatMap((type) =>
          graph.all(type),
        );
        assert.equal(doors.length, 4);
        for (const policy of graph.all(TYPES.resourcePolicy)) {
          for (const { urn } of doors) assert.ok(policy.dependencies.includes(urn), `${policy.name} waits for ${urn}`);
        }
      });

      it("is made of the roles of every door", () => {
        for (const policy of graph.all(TYPES.resourcePolicy)) {
          assert.deepEqual(sources(graph, policy, "policy").sort(), [
            "Role door-buffered-api-fn-role",
            "Role door-streaming-url-fn-role",
          ]);
          assert.equal(wire(policy)["policy"] === UNKNOWN, preview);
          const arn = String(wire(policy)["resourceArn"]);
          assert.match(arn, /^arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime\/(?:my|other)_agent-a1b2c3d4e5/);
        }
      });

      if (preview) return;

      it("lets the doors in, and nobody else, whatever their own policies allow", async () => {
        const role = graph.all(TYPES.role)[0];
        assert.ok(role);
        const doorRole = text(role, "arn");
        for (const policy of graph.all(TYPES.resourcePolicy)) {
          const resource = text(policy, "resourceArn");
          const resourcePolicy: unknown = JSON.parse(text(policy, "policy"));
          const ask = (principal: string, action: string, identityPolicies: readonly unknown[] = [EVERYTHING]) =>
            evaluate({ principal, action, resource, identityPolicies, resourcePolicy });
          const own = policiesOf(graph, doorRole);
          assert.equal(await ask(doorRole, INVOKE, own), "Allowed");
          assert.equal(await ask(doorRole, "bedrock-agentcore:StopRuntimeSession", own), "Allowed");
          assert.equal(await ask(doorRole, `${INVOKE}Command`, own), "ImplicitlyDenied");
          assert.equal(await ask(BREAK_GLASS, `${INVOKE}Command`), "Allowed");
          assert.equal(await ask(BREAK_GLASS, INVOKE, []), "ImplicitlyDenied");
          // The simulator's list of actions does not contain the newer InvokeAgentRuntimeProxy.
          for (const stranger of ["role/admin", "user/somebody", `role/${doorRole.split("/").at(-1) ?? ""}x`]) {
            for (const action of RUNTIME_ACTIONS.filter((each) => !each.endsWith("Proxy"))) {
              const verdict = await ask(`arn:aws:iam::123456789012:${stranger}`, action);
              assert.equal(verdict, "ExplicitlyDenied", `${stranger} ${action}`);
            }
          }
        }
      });
    });
  }

  it("tells calls with bearer tokens apart by the VPC that they come through", async () => {
    const graph = await record(
      false,
      () =>
        new RuntimeLock("lock", {
          agentRuntimeArn: RUNTIME_ARN,
          roleArns: ["arn:aws:iam::123456789012:role/door"],
          sourceVpcIds: ["vpc-1a2b3c4d"],
          stopSession: false,
        }),
    );
    assert.deepEqual(counts(graph), { [TYPES.resourcePolicy]: 2 });
    const [endpoint] = graph.all(TYPES.resourcePolicy);
    assert.ok(endpoint);
    const { Statement } = JSON.parse(text(endpoint, "policy")) as { Statement: Record<string, unknown>[] };
    const resource = `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`;
    assert.deepEqual(Statement, [
      {
        Sid: "AllowDoors",
        Effect: "Allow",
        Principal: "*",
        Condition: { StringEquals: { "aws:SourceVpc": ["vpc-1a2b3c4d"] } },
        Action: [INVOKE],
        Resource: resource,
      },
      {
        Sid: "DenyOthers",
        Effect: "Deny",
        Principal: "*",
        Action: [...RUNTIME_ACTIONS],
        Resource: resource,
        Condition: { StringNotEquals: { "aws:SourceVpc": ["vpc-1a2b3c4d"] } },
      },
    ]);
  });

  it("names every action of the API that takes a runtime, and all that the policy pack knows", () => {
    const models = join(__dirname, "../../../node_modules/@aws-sdk/client-bedrock-agentcore/dist-types/models");
    const requests = readdirSync(models)
      .filter((file) => file.startsWith("models_"))
      .flatMap((file) => [
        ...readFileSync(join(models, file), "utf8").matchAll(/export interface (\w+)Request \{(.*?)\n\}/gs),
      ]);
    const actions = requests.flatMap(([, name, members]) =>
      /^ {4}agentRuntimeArn\??:/m.test(members ?? "") ? [`bedrock-agentcore:${name ?? ""}`] : [],
    );
    assert.ok(actions.includes(INVOKE) && actions.includes("bedrock-agentcore:GetAgentCard"), "the API model is read");
    for (const action of [...actions, ...POLICY_ACTIONS]) assert.ok(RUNTIME_ACTIONS.includes(action), action);
    for (const action of RUNTIME_ACTIONS) assert.doesNotMatch(action, /[*?]/);
  });

  it("keeps its name when an agent is renamed, moved or shares its runtime", async () => {
    const names = async (config: Pick<StackConfig, "agents" | "agentRuntimeArn">) => {
      const graph = await record(
        true,
        () => new FrontDoor("door", { ...config, doors: ["bufferedApi"], lockRuntime: true }),
      );
      return graph
        .all(TYPES.resourcePolicy)
        .map((policy) => `${policy.name} ${String(wire(policy)["resourceArn"])}`)
        .sort();
    };
    const one = { agentRuntimeArn: RUNTIME_ARN };
    const other = { agentRuntimeArn: OTHER_AGENT };
    const before = await names({ agents: { billing: one, chat: other } });
    assert.equal(before.length, 4);
    assert.deepEqual(await names({ agents: { invoices: one, chat: other } }), before);
    assert.deepEqual(await names({ agents: { billing: other, chat: one } }), before);
    assert.deepEqual(await names({ ...one, agents: { chat: other } }), before);
    assert.deepEqual(await names({ ...other, agents: { again: other, billing: one } }), before);
  });

  it("refuses a named agent with the runtime of the sample, which would share one lock", () => {
    const taken = new Map([[OTHER_AGENT, "agents.twin.agentRuntimeArn"]]);
    requireUnusedRuntime(RUNTIME_ARN, taken, "sampleAgent");
    assert.throws(() => {
      requireUnusedRuntime(OTHER_AGENT, taken, "sampleAgent");
    }, /`agents\.twin\.agentRuntimeArn` is the runtime of the sample agent.*Remove `agents\.twin`/);
  });

  it("refuses a runtime of another account, and says what to do", () => {
    const elsewhere = RUNTIME_ARN.replace("123456789012", "210987654321");
    assert.equal(ownArn("lock", RUNTIME_ARN, "123456789012"), RUNTIME_ARN);
    assert.throws(
      () => ownArn("lock", elsewhere, "123456789012"),
      /"lock" cannot lock a runtime of the account 210987654321 from the account 123456789012.*`lockRuntime` to false/,
    );
  });
});
