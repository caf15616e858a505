import { ApiDomain, StreamingApi, WebAcl } from "agentcore-front-door";

const domain = new ApiDomain("domain", {
  domainName: "agent.example.com",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  hostedZoneId: "Z1D633PJN98FT9",
});
const webAcl = new WebAcl("web-acl");
const door = new StreamingApi("door", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 300,
  auth: "iam",
  webAclArn: webAcl.arn,
  throttle: { rateLimit: 50, burstLimit: 100 },
  domain: { domainName: domain.domainName },
});

export const url = door.url;
