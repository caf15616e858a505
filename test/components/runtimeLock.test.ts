import assert from "node:assert/strict";
import { FrontDoor, RuntimeLock } from "../../components";
import { ownArn } from "../../components/runtimeLock";
import { text, TYPES, type Graph } from "../../local/graph/graph";
import { assertSound, counts, MODES, record, RUNTIME_ARN, sources, UNKNOWN, wire } from "../support/components";
import { evaluate, policiesOf } from "../support/iam";

const BREAK_GLASS = "arn:aws:iam::123456789012:role/ops/break-glass";
const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
const OTHER_AGENT = RUNTIME_ARN.replace("my_agent", "other_agent");

/** What another principal's own policies could allow at the most. */
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
                // The same runtime once more, and another one.
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
        const names = graph.all(TYPES.resourcePolicy).map(({ name }) => name);
        assert.deepEqual(names, [
          "door-lock-endpoint-DEFAULT",
          "door-lock-endpoint-live",
          "door-lock-endpoint-next",
          "door-lock-other-endpoint-DEFAULT",
          "door-lock-other-runtime",
          "door-lock-runtime",
        ]);
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
          for (const stranger of ["role/admin", "user/somebody", `role/${doorRole.split("/").at(-1) ?? ""}x`]) {
            for (const action of [
              INVOKE,
              `${INVOKE}ForUser`,
              `${INVOKE}Command`,
              `${INVOKE}CommandShell`,
              `${INVOKE}WithWebSocketStream`,
              "bedrock-agentcore:StopRuntimeSession",
            ]) {
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
        Action: [`${INVOKE}*`, "bedrock-agentcore:StopRuntimeSession"],
        Resource: resource,
        Condition: { StringNotEquals: { "aws:SourceVpc": ["vpc-1a2b3c4d"] } },
      },
    ]);
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
