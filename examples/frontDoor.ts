import { FrontDoor } from "agentcore-front-door";

const door = new FrontDoor("chat", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  doors: ["streamingUrl", "streamingApi"],
  callers: ["arn:aws:iam::123456789012:role/agent-client"],
  apiAuth: "apiKey",
  maxDurationSeconds: 600,
  redaction: { detectors: { email: "mask" } },
});

export const { streamingUrl, streamingApiUrl, apiKeys } = door;
