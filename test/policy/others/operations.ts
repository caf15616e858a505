import { declare } from "../support/declare";
import { catches, type OtherCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const alarm = (props: Props) => [
  declare("metricAlarm", "alarm", {
    namespace: "MyNamespace",
    metricName: "MyMetric",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 100,
    evaluationPeriods: 2,
    ...props,
  }),
];
const group = (props: Props = {}) => [declare("logGroup", "group", props)];
const TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

const ACTIONS = "fd-cloudwatch-alarm-actions";
const RETENTION = "fd-cloudwatch-log-group-retention";
const KMS = "fd-cloudwatch-log-group-kms";
const ENCRYPTED = { [KMS]: { logsMayHoldPrompts: true } };

export const CLOUDWATCH_CASES: readonly OtherCase[] = [
  ...catches(
    "cdk-nag",
    "CloudWatchAlarmAction",
    ["Noncompliance 1", ACTIONS, alarm({})],
    [
      "Noncompliance 2",
      ACTIONS,
      alarm({ actionsEnabled: false, okActions: ["arn:aws:automate:us-east-1:ec2:reboot"] }),
    ],
  ),
  ...catches("cdk-nag", "CloudWatchLogGroupEncrypted", ["Noncompliance 1", KMS, group(), ENCRYPTED]),
  ...catches("cdk-nag", "CloudWatchLogGroupRetentionPeriod", ["Noncompliance", RETENTION, group()]),

  ...catches("checkov", "CKV_AWS_66", ["CloudWatchLogGroupRetention: fail", RETENTION, group()]),
  ...catches("checkov", "CKV_AWS_158", [
    "CloudWatchLogGroupKMSKey: fail",
    KMS,
    group({ retentionInDays: 1 }),
    ENCRYPTED,
  ]),
  ...catches("checkov", "CKV_AWS_338", [
    "CloudWatchLogGroupRetentionYear: fail",
    RETENTION,
    group({ retentionInDays: 5 }),
    { [RETENTION]: { minDays: 365 } },
  ]),
  ...catches("checkov", "CKV_AWS_319", [
    "CloudWatchAlarmsEnabled: fail",
    ACTIONS,
    alarm({ actionsEnabled: false, alarmActions: [TOPIC], okActions: [TOPIC] }),
  ]),

  ...catches("trivy", "AWS-0017", ["test_deny_log_group_without_cmk", KMS, group({ kmsKeyId: "" }), ENCRYPTED]),

  ...catches("cfn-guard", "CLOUDWATCH_ALARM_ACTION_CHECK", ["no action of any kind", ACTIONS, alarm({})]),
  ...catches("cfn-guard", "CLOUDWATCH_LOG_GROUP_ENCRYPTED", ["missing KmsKeyId", KMS, group(), ENCRYPTED]),
  ...catches(
    "cfn-guard",
    "CW_LOGGROUP_RETENTION_PERIOD_CHECK",
    ["missing RetentionInDays", RETENTION, group()],
    ["RetentionInDays that is none", RETENTION, group({ retentionInDays: 8675309 })],
  ),

  ...catches("prowler", "cloudwatch_alarm_actions_enabled", [
    "test_cloudwatch_alarms_actions_disabled",
    ACTIONS,
    alarm({ actionsEnabled: false, alarmActions: [TOPIC] }),
  ]),
  ...catches("prowler", "cloudwatch_alarm_actions_alarm_state_configured", [
    "test_cloudwatch_alarms_actions_not_configured",
    ACTIONS,
    alarm({ alarmActions: [] }),
  ]),
  ...catches("prowler", "cloudwatch_log_group_not_publicly_accessible", [
    "test_log_group_publicly_accessible",
    "fd-cloudwatch-log-resource-policy",
    [
      declare("logResourcePolicy", "policy", {
        policyName: "PublicAccessPolicy",
        policyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", Action: "logs:*", Resource: "*" }],
        }),
      }),
    ],
  ]),
  ...catches("prowler", "cloudwatch_log_group_kms_encryption_enabled", [
    "test_cloudwatch_log_group_without_kms_key",
    KMS,
    group(),
    ENCRYPTED,
  ]),
  ...catches("prowler", "cloudwatch_log_group_retention_policy_specific_days_enabled", [
    "test_cloudwatch_log_group_with_no_compliant_retention_days",
    RETENTION,
    group({ retentionInDays: 7 }),
    { [RETENTION]: { minDays: 365 } },
  ]),
];
