/** Logs, traces, the dashboard and the alarms of a stack. */
export interface OperationsConfig<Text = string> {
  /**
   * Retention of logs, days. One of the values that CloudWatch Logs accepts.
   * @default 30
   */
  logRetentionInDays?: number;
  /**
   * ARN of the KMS key that encrypts the logs, in the stack's region. The key policy must allow CloudWatch Logs to use it.
   * @default "" - a key that AWS owns
   */
  logKmsKeyArn?: Text;
  /**
   * Whether this stack sets the role with which API Gateway writes logs. An account has one such role in each region. It stays when the stack
   * is destroyed.
   * @default false
   */
  ownsAccountLogging?: boolean;
  /**
   * Whether stages and functions send X-Ray traces.
   * @default true
   */
  tracing?: boolean;
  /**
   * Whether there is a CloudWatch dashboard: traffic, errors by code, latency, throttles, blocks, concurrency and estimated spend.
   * @default false
   */
  dashboard?: boolean;
  /**
   * Whether there are CloudWatch alarms on failures, throttles, latency, concurrency, blocks and estimated spend.
   * @default false
   */
  alarms?: boolean;
  /**
   * ARNs of the SNS topics that the alarms notify, at most five, in the stack's region. With `edge`, one must be in us-east-1. Required with
   * `alarms`.
   * @default []
   */
  alarmTopicArns?: Text[];
  /**
   * Estimated spend of all doors a day at which the spend alarm starts, US dollars.
   * @default 50
   */
  alarmDailySpendUsd?: number;
}
