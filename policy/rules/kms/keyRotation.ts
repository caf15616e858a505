import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, not, or, type Truth } from "../../model/value";

/** KMS rotates symmetric keys by itself, where it holds their material. */
function rotates({ props }: Resource): Truth {
  const isMissing = (property: string) => is(props[property], (known) => known === undefined || known === "");
  return and(
    is(props["customerMasterKeySpec"] ?? "SYMMETRIC_DEFAULT", (known) => known === "SYMMETRIC_DEFAULT"),
    isMissing("customKeyStoreId"),
    isMissing("xksKeyId"),
  );
}

const isEnabled = ({ props }: Resource): Truth => is(props["enableKeyRotation"], (known) => known === true);

export const keyRotation = defineRule({
  id: "fd-kms-key-rotation",
  description: "A symmetric KMS key is rotated every year, or as often as its rotation period says.",
  rationale:
    "Rotation bounds what one key has encrypted and costs callers nothing, as the key's id stays. Asymmetric keys, HMAC keys and keys of a custom key store have no automatic rotation (https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["KMS.4"],
    checkov: ["CKV_AWS_7"],
    cdkNag: ["AwsSolutions-KMS5"],
    trivy: ["AWS-0065"],
    cfnGuard: ["CMK_BACKING_KEY_ROTATION_ENABLED"],
    prowler: ["kms_cmk_rotation_enabled"],
    pulumi: ["aws-kms-key-enable-key-rotation"],
  },
  remediationSteps: "Set enableKeyRotation to true on the Key.",
  resource: {
    types: [TYPES.key],
    check: (key) =>
      judgeProperty(
        key,
        "enableKeyRotation",
        key.props["enableKeyRotation"],
        or(not(rotates(key)), isEnabled(key)),
        "true",
      ),
    remediate: (key) =>
      and(rotates(key), not(isEnabled(key))) === true ? [{ path: ["enableKeyRotation"], value: true }] : [],
  },
});
