import type { Effects } from "./effect";

export const OPERATIONS: Effects<
  | "logRetentionInDays"
  | "logKmsKeyArn"
  | "ownsAccountLogging"
  | "tracing"
  | "dashboard"
  | "alarms"
  | "alarmTopicArns"
  | "alarmDailySpendUsd"
> = {
  logRetentionInDays: { changes: "retention of every log group; a shorter one deletes older entries" },
  logKmsKeyArn: { changes: "key of every log group, for entries from then on" },
  ownsAccountLogging: {
    changes: "API Gateway's account settings in this Region, with a role; all of them stay if the key is removed",
  },
  tracing: {
    changes:
      "stages, functions and rights of their roles; with `privateNetwork` the endpoint of X-Ray, made or deleted",
    ends: ["VPC endpoint"],
  },
  dashboard: { changes: "the dashboard, made or deleted" },
  alarms: { changes: "the alarms, made or deleted" },
  alarmTopicArns: { changes: "actions of the alarms" },
  alarmDailySpendUsd: { changes: "threshold of one alarm" },
};
