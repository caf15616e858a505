import { StreamingApi, UserPool, WebAcl } from "agentcore-front-door";

const pool = new UserPool("pool", { callbackUrls: ["https://app.example.com/signed-in"] });
const acl = new WebAcl("acl");
const door = new StreamingApi("door", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 300,
  auth: "cognito",
  authorizer: { userPoolArn: pool.arn, scopes: [pool.scope] },
  webAclArn: acl.arn,
  throttle: { rateLimit: 50, burstLimit: 100 },
});

export const { url } = door;
export const { clientId, tokenEndpoint } = pool;
