import { ApiKeys, BufferedApi, WebAcl } from "agentcore-front-door";

const webAcl = new WebAcl("batch-acl");
const throttle = { rateLimit: 20, burstLimit: 40 };
const door = new BufferedApi("batch", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  auth: "apiKey",
  webAclArn: webAcl.arn,
  throttle,
  maxDurationSeconds: 29,
});

const keys = new ApiKeys("batch-keys", {
  keys: { partner: {} },
  stages: [{ apiId: door.apiId, stage: door.stageName }],
  throttle,
});

export const url = door.url;
export const apiKeys = keys.values;
