import * as pulumi from "@pulumi/pulumi";
import { awsContext } from "../shared/awsContext";

/** Trust policy for AgentCore, limited to runtimes of this account and region. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html */
export function agentCoreTrustPolicy(opts: pulumi.InvokeOptions): pulumi.Output<string> {
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

/** Allows the runtime to write to its log groups, which AgentCore creates and names. The sample agent calls no other service. */
export function runtimeLogPolicy(runtimeName: pulumi.Input<string>, opts: pulumi.InvokeOptions): pulumi.Output<string> {
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
