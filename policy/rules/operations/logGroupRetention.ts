import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, not, or, type Truth } from "../../model/value";

interface Settings {
  readonly minDays: number;
  readonly maxDays: number;
  readonly remediateDays: number;
}

export const logGroupRetention = defineRule<Settings>({
  id: "fd-cloudwatch-log-group-retention",
  description: "A log group keeps what is logged for as many days as the stack says, and not for ever.",
  rationale:
    "Nothing and 0 both mean for ever (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/Working-with-log-groups-and-streams.html). Logs beside an agent may hold what people wrote, which asks for an end; audits ask for a beginning. So both ends are settings.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["CloudWatch.16"],
    checkov: ["CKV_AWS_66", "CKV_AWS_338"],
    cdkNag: [
      "HIPAA.Security-CloudWatchLogGroupRetentionPeriod",
      "NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod",
      "PCI.DSS.321-CloudWatchLogGroupRetentionPeriod",
      "Serverless-CloudWatchLogGroupRetentionPeriod",
    ],
    cfnGuard: ["CW_LOGGROUP_RETENTION_PERIOD_CHECK"],
    prowler: ["cloudwatch_log_group_retention_policy_specific_days_enabled"],
    kics: ["cloudwatch_without_retention_period_specified"],
  },
  remediationSteps:
    "Set retentionInDays to one of the numbers that CloudWatch Logs takes, within the settings `minDays` and `maxDays`. Mind that a shorter retention deletes what is older.",
  settings: {
    minDays: { type: "integer", minimum: 1, description: "The fewest days, for audits.", default: 1 },
    maxDays: { type: "integer", minimum: 1, description: "The most days, for what people wrote.", default: 365 },
    remediateDays: {
      type: "integer",
      minimum: 0,
      description:
        "What a log group that keeps its logs for ever is set to, at level `remediate`; 0 leaves it, because the change deletes older logs.",
      default: 0,
    },
  },
  resource: {
    types: [TYPES.logGroup],
    check: (group, settings) => {
      const { minDays, maxDays } = settings;
      const days = group.props["retentionInDays"] ?? undefined;
      const isInRange = is(days, (known) => typeof known === "number" && known >= minDays && known <= maxDays);
      const wanted = `${minDays.toString()} to ${maxDays.toString()}`;
      return judgeProperty(group, "retentionInDays", days, or(isDelivery(group), isInRange), wanted);
    },
    remediate: (group, { remediateDays }) =>
      remediateDays > 0 && keepsForEver(group) === true ? [{ path: ["retentionInDays"], value: remediateDays }] : [],
  },
});

/** Only this can be mended without a decision on logs that somebody chose to keep. */
function keepsForEver({ props }: Pick<Resource, "props">): Truth {
  const isUnset = is(props["retentionInDays"] ?? undefined, (known) => known === undefined || known === 0);
  return and(not(isDelivery({ props })), isUnset);
}

/** What is only delivered on is kept for two days, whatever is set. */
function isDelivery({ props }: Pick<Resource, "props">): Truth {
  return is(props["logGroupClass"], (known) => known === "DELIVERY");
}
