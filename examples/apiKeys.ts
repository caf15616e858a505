import { ApiKeys, StreamingApi, WebAcl } from "agentcore-front-door";

const throttle = { rateLimit: 50, burstLimit: 100 };
const acl = new WebAcl("acl");
const door = new StreamingApi("door", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 300,
  auth: "apiKey",
  webAclArn: acl.arn,
  throttle,
});
const keys = new ApiKeys("keys", {
  keys: { website: {}, partner: { rateLimit: 2, burstLimit: 5, quota: { limit: 1000, period: "DAY" } } },
  stages: [{ apiId: door.apiId, stage: door.stageName }],
  throttle,
});

export const { url } = door;
export const { values } = keys;
