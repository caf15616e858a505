import * as pulumi from "@pulumi/pulumi";

/** The trust policy of a role that AWS services assume. */
export function trustPolicy(...services: [string, ...string[]]): pulumi.Output<string> {
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

/** Actions that writing to an existing log group needs. */
export const LOG_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** The statement that allows a function to write to one log group. */
export function writeLogStatement(logGroupArn: pulumi.Input<string>) {
  return {
    Sid: "WriteLog",
    Effect: "Allow",
    Action: LOG_ACTIONS,
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}

/**
 * The statement that allows Lambda to create a function's log group. For this action CloudWatch Logs checks the ARN of a stream with an empty
 * name, `arn:...:log-group:NAME:log-stream:`. A statement for the group's ARN without `:*` allows nothing.
 * https://github.com/elastic/apm-aws-lambda/issues/526
 */
export function createLogGroupStatement(logGroupArn: pulumi.Input<string>) {
  return {
    Sid: "MakeLog",
    Effect: "Allow",
    Action: ["logs:CreateLogGroup"],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}
