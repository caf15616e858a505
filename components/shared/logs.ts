import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../contract/config/settings";

export interface LogArgs {
  /**
   * Retention of the log, days.
   * @default 30
   */
  logRetentionInDays?: pulumi.Input<number>;
  /**
   * ARN of the KMS key that encrypts the log, in the same region. The key policy must allow CloudWatch Logs to use it.
   * @default - a key that AWS owns
   */
  logKmsKeyArn?: pulumi.Input<string>;
}

/** The args that every log group has: retention, and the KMS key if there is one. */
export function logGroupArgs({ logRetentionInDays = 30, logKmsKeyArn }: LogArgs): aws.cloudwatch.LogGroupArgs {
  return { retentionInDays: logRetentionInDays, ...(logKmsKeyArn !== undefined && { kmsKeyId: logKmsKeyArn }) };
}

/** The log args from the stack's settings. */
export function logArgs(
  settings: Pick<Settings<pulumi.Input<string>>, "logRetentionInDays" | "logKmsKeyArn">,
): LogArgs {
  const { logRetentionInDays, logKmsKeyArn } = settings;
  return { logRetentionInDays, ...(logKmsKeyArn !== "" && { logKmsKeyArn }) };
}
