import * as pulumi from "@pulumi/pulumi";

/** The trust policy of an execution role. */
export function trustLambda(): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  });
}

/** The statement that lets a function write to its own log group, and to no other. */
export function writeLog(logGroupArn: pulumi.Input<string>) {
  return {
    Sid: "WriteLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${logGroupArn}:*`,
  };
}
