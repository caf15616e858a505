import assert from "node:assert/strict";
import { checkSettings } from "../../../../contract/config/check";

const config = (region: string, ...doors: string[]) => ({
  agentRuntimeArn: `arn:aws:bedrock-agentcore:${region}:222233334444:runtime/my_agent-b2c3d4e5f6`,
  doors,
  callers: ["222233334444"],
});

describe("a region without Function URLs", () => {
  it("has no streamingUrl, and the message says what to use", () => {
    for (const region of ["eu-central-2", "me-central-1", "ap-southeast-7"]) {
      assert.throws(
        () => checkSettings(config(region, "streamingApi", "streamingUrl"), region),
        new RegExp(`\`doors\` has streamingUrl, but Lambda has no Function URLs in ${region}\\. Use streamingApi`),
      );
      checkSettings(config(region, "streamingApi", "bufferedApi"), region);
    }
    checkSettings(config("eu-west-1", "streamingUrl"), "eu-west-1");
    checkSettings(config("eu-central-2", "streamingUrl"), undefined);
  });
});
