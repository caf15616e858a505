import assert from "node:assert/strict";
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import { FrontDoor } from "../../../../components/index";
import { AgentCore } from "../../../../local/aws/agentcore/dataPlane";
import { Iam } from "../../../../local/aws/iam/iam";
import { text, TYPES } from "../../../../local/program/graph";
import { OwnAgent } from "../../../support/local/ownAgent";
import { only, record, RUNTIME_ARN } from "../../../support/program/components";

/** Calls the double as the function of a stack does: the error's name, or the user id that the agent received. */
async function call(
  config: { runtimeUserId: boolean; lockRuntime: boolean },
  runtimeUserId?: string,
): Promise<unknown> {
  const graph = await record(
    false,
    () => new FrontDoor("door", { agentRuntimeArn: RUNTIME_ARN, doors: ["streamingUrl"], ...config }),
  );
  const iam = new Iam(graph);
  const agent = await OwnAgent.start((_, response) => response.end("{}"));
  const plane = await AgentCore.start(agent.url, "sigv4", iam, graph, () => undefined);
  const credentials = iam.assumeRole(text(only(graph, TYPES.role), "arn"), "door");
  const client = new BedrockAgentCoreClient({ region: "us-east-1", endpoint: plane.url, credentials, maxAttempts: 1 });
  try {
    const payload = Buffer.from('{"prompt":"hello"}');
    const input = { agentRuntimeArn: RUNTIME_ARN, runtimeSessionId: "s".repeat(40), payload };
    await client.send(new InvokeAgentRuntimeCommand({ ...input, runtimeUserId }));
    return agent.received[0]?.headers["x-amzn-bedrock-agentcore-runtime-user-id"] ?? "none";
  } catch (error) {
    return (error as Error).name;
  } finally {
    client.destroy();
    await plane.stop();
    await agent.stop();
  }
}

describe("a user id at the local AgentCore", () => {
  for (const lockRuntime of [false, true]) {
    it(`needs the right InvokeAgentRuntimeForUser, ${lockRuntime ? "behind a lock" : "without a lock"}`, async () => {
      assert.equal(await call({ runtimeUserId: false, lockRuntime }, "ann"), "AccessDeniedException");
      assert.equal(await call({ runtimeUserId: false, lockRuntime }), "none");
      assert.equal(await call({ runtimeUserId: true, lockRuntime }, "ann"), "ann");
      assert.equal(await call({ runtimeUserId: true, lockRuntime }), "none");
    });
  }

  it("has at most 1024 characters", async () => {
    const config = { runtimeUserId: true, lockRuntime: false };
    assert.equal(await call(config, "a".repeat(1024)), "a".repeat(1024));
    assert.equal(await call(config, "a".repeat(1025)), "ValidationException");
  });
});
