import { EdgeDistribution, StreamingUrl, WebAcl } from "agentcore-front-door";

const door = new StreamingUrl("chat", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 300,
  // The door must not treat CloudFront as the caller.
  publicEdge: true,
});
const acl = new WebAcl("chat-firewall", { scope: "CLOUDFRONT" });
const edge = new EdgeDistribution("chat-edge", {
  functionUrl: door.url,
  functionName: door.functionName,
  functionAlias: door.alias,
  webAclArn: acl.arn,
});

export const url = edge.url;
