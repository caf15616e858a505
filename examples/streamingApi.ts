import { StreamingApi, WebAcl } from "agentcore-front-door";

const webAcl = new WebAcl("chat-acl");
const door = new StreamingApi("chat", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  auth: "iam",
  webAclArn: webAcl.arn,
  throttle: { rateLimit: 20, burstLimit: 40 },
  maxDurationSeconds: 600,
});

export const url = door.url;
