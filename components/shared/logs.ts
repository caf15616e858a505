import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../contract/config/settings";

export interface LogArgs {
  /**
   * How long the log is kept, days.
   * @default 30
   */
  logRetentionInDays?: pulumi.Input<number>;
  /**
   * ARN of the KMS key that encrypts the log, in the same region; its policy must let CloudWatch Logs use it.
   * @default - AWS's own key
   */
  logKmsKeyArn?: pulumi.Input<string>;
}

/** How every log group is kept: for a while, and under the stack's key where it has one. */
export function logGroupArgs({ logRetentionInDays = 30, logKmsKeyArn }: LogArgs): aws.cloudwatch.LogGroupArgs {
  return { retentionInDays: logRetentionInDays, ...(logKmsKeyArn !== undefined && { kmsKeyId: logKmsKeyArn }) };
}

/** The stack's say on every log group. */
export function logsOf({ logRetentionInDays, logKmsKeyArn }: Settings): LogArgs {
  return { logRetentionInDays, ...(logKmsKeyArn !== "" && { logKmsKeyArn }) };
}
