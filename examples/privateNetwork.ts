import { PrivateNetwork, StreamingApi } from "agentcore-front-door";

const agentRuntimeArn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5";
const { vpcId, subnetIds, securityGroupIds, executeApiEndpointId } = new PrivateNetwork("network", {
  agentRuntimeArns: [agentRuntimeArn],
  executeApi: true,
});
const door = new StreamingApi("door", {
  agentRuntimeArn,
  maxDurationSeconds: 300,
  auth: "iam",
  throttle: { rateLimit: 50, burstLimit: 100 },
  network: { vpcId, subnetIds, securityGroupIds },
  ...(executeApiEndpointId && { vpcEndpointIds: executeApiEndpointId.apply((id) => [id]) }),
});

export const url = door.url;
