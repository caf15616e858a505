import * as pulumi from "@pulumi/pulumi";
import { awsContext } from "../shared/awsContext";

/** Only AgentCore, and only for this account's runtimes in this region. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html */
export function trustAgentCore(opts: pulumi.InvokeOptions): pulumi.Output<string> {
  const { partition, region, accountId } = awsContext(opts);
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "bedrock-agentcore.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: {
            "aws:SourceArn": pulumi.interpolate`arn:${partition}:bedrock-agentcore:${region}:${accountId}:runtime/*`,
          },
        },
      },
    ],
  });
}

/** The runtime's own log groups, which AgentCore makes and names: the sample calls no model and no other service. */
export function allowRuntimeLog(runtimeName: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  const { partition, region, accountId } = awsContext(opts);
  const group = pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/bedrock-agentcore/runtimes/${runtimeName}-*`;
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:DescribeLogStreams", "logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [group, pulumi.interpolate`${group}:log-stream:*`],
      },
    ],
  });
}
