import { RuntimeLock, StreamingUrl } from "agentcore-front-door";

const agentRuntimeArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";

const door = new StreamingUrl("chat", { agentRuntimeArn, maxDurationSeconds: 300 });

const lock = new RuntimeLock("chat-lock", {
  agentRuntimeArn,
  roleArns: [door.roleArn],
  breakGlassPrincipals: ["arn:aws:iam::123456789012:role/break-glass"],
});

export const url = door.url;
export const locked = lock.lockedArns;
