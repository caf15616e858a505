import { AccountLogging, BufferedApi, WebAcl } from "agentcore-front-door";

const logging = new AccountLogging("logging");
const webAcl = new WebAcl("web-acl");
const door = new BufferedApi("door", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 29,
  auth: "iam",
  webAclArn: webAcl.arn,
  throttle: { rateLimit: 50, burstLimit: 100 },
  accountLogging: logging.settingsId,
});

export const url = door.url;
