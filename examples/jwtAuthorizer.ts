import { JwtAuthorizer, StreamingApi, WebAcl } from "agentcore-front-door";

const judge = new JwtAuthorizer("judge", {
  issuer: "https://login.example.com/",
  audience: ["https://agent.example.com"],
  scopes: ["agent.invoke"],
});
const acl = new WebAcl("acl");
const door = new StreamingApi("door", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 300,
  auth: "jwt",
  authorizer: { functionName: judge.functionName, invokeArn: judge.invokeArn, cacheSeconds: 60 },
  webAclArn: acl.arn,
  throttle: { rateLimit: 50, burstLimit: 100 },
});

export const { url } = door;
