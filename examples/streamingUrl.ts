import * as aws from "@pulumi/aws";
import { StreamingUrl } from "agentcore-front-door";

const { accountId } = aws.getCallerIdentityOutput();

const door = new StreamingUrl("partner", {
  agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/my_agent-a1b2c3d4e5",
  maxDurationSeconds: 900,
  callers: ["arn:aws:iam::210987654321:role/partner"],
});

export const url = door.url;
export const owner = accountId;
