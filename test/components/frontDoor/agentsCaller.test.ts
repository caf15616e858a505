import assert from "node:assert/strict";
import { FrontDoor } from "../../../components/index";
import type { StackConfig } from "../../../contract/config/schema";
import { text, TYPES, type Graph } from "../../../local/program/graph";
import { only, record, RUNTIME_ARN } from "../../support/program/components";
import { evaluate, policiesOf } from "../../support/program/iam";

const FOR_USER = "bedrock-agentcore:InvokeAgentRuntimeForUser";
const PREFIX = "X-Amzn-Bedrock-AgentCore-Runtime-Custom-";
const OTHER = RUNTIME_ARN.replace("my_agent", "other_agent");
const BASE: StackConfig = {
  agentRuntimeArn: RUNTIME_ARN,
  doors: ["bufferedApi", "streamingApi"],
  lockRuntime: true,
  privateNetwork: true,
};

const stack = (config: StackConfig): Promise<Graph> => record(false, () => new FrontDoor("door", config));

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

/** Policies that allow calls of a runtime, as `Type name`. */
function allowing(graph: Graph, action: string): string[] {
  const types: readonly string[] = [TYPES.rolePolicy, TYPES.resourcePolicy, TYPES.vpcEndpoint];
  return graph.resources
    .filter(({ type, inputs }) => {
      const policy = types.includes(type) ? inputs["policy"] : undefined;
      if (typeof policy !== "string") return false;
      const { Statement } = JSON.parse(policy) as { Statement: Statement[] };
      return Statement.some(({ Effect, Action }) => Effect === "Allow" && [Action].flat().includes(action));
    })
    .map(({ name }) => name)
    .sort();
}

describe("the right to pass on a user id", () => {
  it("is in no role, lock or endpoint policy without runtimeUserId", async () => {
    for (const config of [BASE, { ...BASE, callerHeader: { name: "Caller" } }, { ...BASE, runtimeUserId: false }]) {
      assert.deepEqual(allowing(await stack(config), FOR_USER), []);
    }
  });

  it("is with runtimeUserId in each policy that allows InvokeAgentRuntime, and in no other", async () => {
    const graph = await stack({ ...BASE, runtimeUserId: true });
    const policies = allowing(graph, "bedrock-agentcore:InvokeAgentRuntime");
    assert.deepEqual(allowing(graph, FOR_USER), policies);
    assert.equal(policies.length, 2 + 2 + 1, policies.join());
  });

  it("covers the stack's runtime and its endpoint only, and no other way to pass one on", async () => {
    const graph = await stack({ ...BASE, doors: ["streamingUrl"], privateNetwork: false, runtimeUserId: true });
    const principal = text(only(graph, TYPES.role), "arn");
    const identityPolicies = policiesOf(graph, principal);
    const may = (action: string, resource: string) => evaluate({ principal, action, resource, identityPolicies });
    const endpoint = (arn: string) => `${arn}/runtime-endpoint/DEFAULT`;
    for (const arn of [RUNTIME_ARN, endpoint(RUNTIME_ARN)]) assert.equal(await may(FOR_USER, arn), "Allowed");
    for (const arn of [OTHER, endpoint(OTHER)]) assert.equal(await may(FOR_USER, arn), "ImplicitlyDenied");
    for (const action of ["InvokeAgentRuntimeWithWebSocketStreamForUser", "InvokeAgentRuntimeCommand"])
      assert.equal(await may(`bedrock-agentcore:${action}`, RUNTIME_ARN), "ImplicitlyDenied");
  });

  it("is in the endpoint's policy for the runtimes of other stacks, which decide for their own roles", async () => {
    const graph = await stack({ ...BASE, endpointRuntimeArns: [OTHER] });
    const [endpoint, ...more] = allowing(graph, FOR_USER);
    assert.match(endpoint ?? "", /bedrock-agentcore/);
    assert.deepEqual(more, []);
  });
});

describe("the caller header of the sample agent", () => {
  it("is in the allowlist of its runtime, after the mapped headers", async () => {
    const sample = { sampleAgent: true, headerMap: { "X-T": "Tenant" } };
    const allowlistOf = async (config: StackConfig) => only(await stack(config), TYPES.agentRuntime).inputs;
    assert.deepEqual(
      (await allowlistOf({ ...sample, callerHeader: { name: "Caller" } }))["requestHeaderConfiguration"],
      {
        requestHeaderAllowlists: [`${PREFIX}Tenant`, `${PREFIX}Caller`],
      },
    );
    assert.deepEqual((await allowlistOf(sample))["requestHeaderConfiguration"], {
      requestHeaderAllowlists: [`${PREFIX}Tenant`],
    });
  });
});
