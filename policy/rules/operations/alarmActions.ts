import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, list } from "../../model/value";

export const alarmActions = defineRule({
  id: "fd-cloudwatch-alarm-actions",
  description: "An alarm tells somebody.",
  rationale:
    "An alarm without actions, or with actions that are switched off, turns red on a page that nobody has open (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["CloudWatch.15", "CloudWatch.17"],
    checkov: ["CKV_AWS_319"],
    cdkNag: ["HIPAA.Security-CloudWatchAlarmAction", "NIST.800.53.R5-CloudWatchAlarmAction"],
    cfnGuard: ["CLOUDWATCH_ALARM_ACTION_CHECK"],
    prowler: ["cloudwatch_alarm_actions_alarm_state_configured", "cloudwatch_alarm_actions_enabled"],
  },
  remediationSteps:
    "Set alarmActions to the ARN of an SNS topic that somebody reads, in the alarm's region, and leave actionsEnabled at true. If the alarm only feeds a composite alarm, waive it by that alarm's name.",
  resource: {
    types: [TYPES.metricAlarm],
    check: (alarm) => {
      const actions = list(alarm.props["alarmActions"]);
      const enabled = alarm.props["actionsEnabled"] ?? undefined;
      const hasAction = is(actions, (known) => (known as unknown[]).length > 0);
      return [
        ...judgeProperty(alarm, "alarmActions", actions, hasAction, "at least one"),
        ...judgeProperty(
          alarm,
          "actionsEnabled",
          enabled,
          is(enabled, (known) => known === undefined || known === true),
          "true",
        ),
      ];
    },
  },
});
