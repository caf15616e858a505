import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly logsMayHoldPrompts: boolean;
}

export const logGroupKms = defineRule<Settings>({
  id: "fd-cloudwatch-log-group-kms",
  description: "Where logs may hold prompts, a log group is encrypted with a key of the account's own.",
  rationale:
    "CloudWatch Logs encrypts everything with a key of AWS's; only with a key of one's own is reading a second right, and can be taken away (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html). The doors of this project log no prompts, so a stack asks for it.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    checkov: ["CKV_AWS_158"],
    cdkNag: [
      "HIPAA.Security-CloudWatchLogGroupEncrypted",
      "NIST.800.53.R5-CloudWatchLogGroupEncrypted",
      "PCI.DSS.321-CloudWatchLogGroupEncrypted",
    ],
    trivy: ["AWS-0017"],
    cfnGuard: ["CLOUDWATCH_LOG_GROUP_ENCRYPTED"],
    prowler: ["cloudwatch_log_group_kms_encryption_enabled"],
  },
  remediationSteps:
    "Set kmsKeyId to the ARN of a KMS key in the log group's region whose policy lets logs.<region>.amazonaws.com use it for this group.",
  settings: {
    logsMayHoldPrompts: {
      type: "boolean",
      description: "Whether what people wrote may stand in the stack's logs.",
      default: false,
    },
  },
  resource: {
    types: [TYPES.logGroup],
    // Unknown here is the usual case, and the stack form follows it.
    check: (group, settings) => findings(group, settings, true),
  },
  stack: {
    types: [TYPES.logGroup],
    check: (graph, settings) =>
      graph
        .all(TYPES.logGroup)
        .flatMap((group) =>
          findings(group, settings, graph.sources(group, "kmsKeyId", TYPES.key).length > 0 || UNKNOWN),
        ),
  },
});

function findings(group: Resource, { logsMayHoldPrompts }: Settings, unknown: Truth) {
  if (!logsMayHoldPrompts) return [];
  const key = group.props["kmsKeyId"] ?? undefined;
  const isSet = key === UNKNOWN ? unknown : is(key, (known) => typeof known === "string" && known !== "");
  return judgeProperty(group, "kmsKeyId", key, isSet, "the ARN of a KMS key");
}
