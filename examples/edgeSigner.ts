import { EdgeDistribution, EdgeSigner, StreamingUrl, WebAcl } from "agentcore-front-door";

const door = new StreamingUrl("chat", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 300,
  publicEdge: true,
});
const signer = new EdgeSigner("chat-signer");
const edge = new EdgeDistribution("chat-edge", {
  functionUrl: door.url,
  functionName: door.functionName,
  functionAlias: door.alias,
  webAclArn: new WebAcl("chat-firewall", { scope: "CLOUDFRONT" }).arn,
  bodySignerArn: signer.qualifiedArn,
});

export const url = edge.url;
