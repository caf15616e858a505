import * as pulumi from "@pulumi/pulumi";

/** The trust policy of a role that services of AWS assume. */
export function trust(...services: [string, ...string[]]): pulumi.Output<string> {
  const [Service, ...others] = services;
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: others.length === 0 ? Service : services },
      },
    ],
  });
}

/** What it takes to write to a log that is there. */
export const LOG_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** The statement that lets a function write to a log group, and to no other. */
export function writeLog(logGroupArn: pulumi.Input<string>) {
  return {
    Sid: "WriteLog",
    Effect: "Allow",
    Action: LOG_ACTIONS,
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}

/**
 * The statement that lets Lambda make a function's log group. CloudWatch Logs asks for the right on the ARN of a stream without a name,
 * `arn:...:log-group:NAME:log-stream:`: on the group's own ARN it allows nothing.
 * https://github.com/elastic/apm-aws-lambda/issues/526
 */
export function makeLog(logGroupArn: pulumi.Input<string>) {
  return {
    Sid: "MakeLog",
    Effect: "Allow",
    Action: ["logs:CreateLogGroup"],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}
