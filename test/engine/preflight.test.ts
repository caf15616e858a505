import assert from "node:assert/strict";
import { engineSuite } from "./support/cli";
import { runtime } from "./support/config";
import { withStack } from "./support/stack";

const agentRuntimeArn = runtime("my_agent");

engineSuite("a key whose namespace is a slip", () => {
  for (const key of [
    "agentcore-frontdoor:doors",
    "agentcore-front_door:doors",
    "AgentCore-Front-Door:doors",
    "chat:doors",
  ]) {
    it(`ends the preview and makes nothing: ${key}`, async () => {
      await withStack({}, async (stack) => {
        await assert.rejects(
          stack.preview({ agentRuntimeArn, [key]: ["streamingUrl"] }),
          (error: Error) =>
            error.message.includes(`\`${key}\` is not this project's`) &&
            error.message.includes("did you mean `agentcore-front-door:doors`?"),
        );
        await assert.rejects(stack.up(), /did you mean/);
        assert.deepEqual(stack.cloud.everything, []);
      });
    });
  }

  it("is not that of another package", async () => {
    await withStack({}, async (stack) => {
      const others = { "auth0:domain": "login.example.net", "github:owner": "somebody", "pulumi:tags": { team: "x" } };
      await stack.preview({ agentRuntimeArn, doors: ["streamingUrl"], ...others });
    });
  });
});
