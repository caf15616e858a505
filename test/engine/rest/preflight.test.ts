import assert from "node:assert/strict";
import { Cloud } from "../provider/cloud/cloud";
import { engineSuite, share } from "../support/cli";
import { runtime } from "../support/config";
import { placeOf, withStack } from "../support/stack";

const agentRuntimeArn = runtime("my_agent");

const SLIPS = ["agentcore-frontdoor:doors", "agentcore-front_door:doors", "AgentCore-Front-Door:doors", "chat:doors"];

engineSuite("a key whose namespace is a slip", () => {
  for (const key of share(SLIPS, 2)) {
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

engineSuite("an example of the documentation", () => {
  const ACCOUNT = "210987654321";
  const account = () => ({ cloud: new Cloud({ ...placeOf("us-east-1"), accountId: ACCOUNT }) });
  const own = `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/chat-Zk3vQ9xT1b`;

  it("ends the preview with every key that has one, and an update without a preview", async () => {
    await withStack(account(), async (stack) => {
      const config = { agentRuntimeArn, doors: ["streamingUrl"], callers: [`arn:aws:iam::123456789012:role/client`] };
      for (const run of [() => stack.preview(config), () => stack.up(config)]) {
        await assert.rejects(run(), (error: Error) =>
          ["agentRuntimeArn", "callers[0]"].every((key) =>
            new RegExp(`\`${key.replace(/[[\]]/g, "\\$&")}\` is .* an example of the documentation`).test(
              error.message,
            ),
          ),
        );
      }
    });
  });

  it("is neither a value of your own nor a runtime of another account", async () => {
    await withStack(account(), async (stack) => {
      for (const arn of [own, own.replace(ACCOUNT, "998877665544")])
        await stack.preview({
          agentRuntimeArn: arn,
          doors: ["streamingUrl"],
          callers: [`arn:aws:iam::${ACCOUNT}:role/client`],
        });
    });
  });
});
