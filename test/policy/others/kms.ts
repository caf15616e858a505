import { declare } from "../support/declare";
import { catches, misses, type OtherCase } from "./case";

type Props = Readonly<Record<string, unknown>>;

const key = (props: Props) => [declare("key", "key", props)];
const ROOT = "arn:aws:iam::111122223333:root";
const document = (...principals: unknown[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: principals.map((Principal) => ({ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" })),
  });
const shared = (...principals: unknown[]) => key({ enableKeyRotation: true, policy: document(...principals) });
const allowed = (action: string, principal: unknown) =>
  key({
    enableKeyRotation: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: principal, Action: action, Resource: "*" }],
    }),
  });

const ROTATION = "fd-kms-key-rotation";
const POLICY = "fd-kms-key-policy";
const policied = declare("key", "key", { enableKeyRotation: true });

export const KMS_CASES: readonly OtherCase[] = [
  ...catches("cdk-nag", "KMSBackingKeyRotationEnabled", ["Noncompliance 1", ROTATION, key({})]),

  ...catches(
    "checkov",
    "CKV_AWS_7",
    ["KMSRotation: fail1", ROTATION, key({ deletionWindowInDays: 10 })],
    ["KMSRotation: fail2", ROTATION, key({ deletionWindowInDays: 10, enableKeyRotation: false })],
    ["KMSRotation: fail3", ROTATION, key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT", enableKeyRotation: false })],
    ["KMSRotation: fail4", ROTATION, key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT" })],
  ),
  ...catches(
    "checkov",
    "CKV_AWS_33",
    ["KMSKeyWildcardPrincipal: fail_0", POLICY, shared({ AWS: ROOT }, { AWS: "*" })],
    ["KMSKeyWildcardPrincipal: fail_2", POLICY, shared("*")],
    ["KMSKeyWildcardPrincipal: fail_4", POLICY, shared({ AWS: ROOT }, { AWS: [ROOT, "*"] })],
  ),
  ...misses("checkov", "CKV2_AWS_64", [
    "KmsKeyPolicyIsDefined: pass",
    "asks only that there is a policy: this one is for everybody",
    POLICY,
    [
      policied,
      declare("aws:kms/keyPolicy:KeyPolicy", "policy", { keyId: policied.out("id"), policy: document({ AWS: "*" }) }),
    ],
  ]),

  ...catches("trivy", "AWS-0065", [
    "test_deny_encrypt_decrypt_key_without_autorotate",
    ROTATION,
    key({ keyUsage: "ENCRYPT_DECRYPT", enableKeyRotation: false }),
  ]),

  ...catches(
    "cfn-guard",
    "CMK_BACKING_KEY_ROTATION_ENABLED",
    ["Scenario c) not set", ROTATION, key({})],
    ["Scenario d) set to false", ROTATION, key({ enableKeyRotation: false })],
  ),
  ...catches("cfn-guard", "KMS_NO_WILDCARD_PRINCIPAL", ['KMS key with principal "*"', POLICY, shared("*")]),

  ...catches("prowler", "kms_cmk_rotation_enabled", [
    "test_kms_cmk_rotation_disabled",
    ROTATION,
    key({ enableKeyRotation: false }),
  ]),
  ...catches(
    "prowler",
    "kms_key_not_publicly_accessible",
    ["test_kms_key_public_accessible", POLICY, shared("*")],
    ["test_kms_key_public_accessible_with_describe_key", POLICY, allowed("kms:DescribeKey", { AWS: "*" })],
    ["test_kms_key_public_accessible_with_decrypt", POLICY, allowed("kms:Decrypt", "*")],
  ),

  ...catches("Pulumi", "aws-kms-key-enable-key-rotation", ["#2", ROTATION, key({})]),
  ...catches("Pulumi", "aws-kms-key-disallow-bypass-policy-lockout-safety-check", [
    "#2",
    POLICY,
    key({ enableKeyRotation: true, bypassPolicyLockoutSafetyCheck: true }),
  ]),
];
