/** ARN of a KMS key: partition and region. https://docs.aws.amazon.com/kms/latest/developerguide/concepts-key-id.html */
export const KMS_KEY_ARN = /^arn:(aws[\w-]*):kms:([a-z\d-]+):\d{12}:key\/[\w-]+$/;

/** Days between the deletion of a key and its end, during which it can be restored: 7 to 30. https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const KMS_DELETION_DAYS = 30;

/** Host of KMS in a key's region. https://docs.aws.amazon.com/general/latest/gr/kms.html */
export function kmsHost(keyArn: string): string {
  const [, partition = "", region = ""] = KMS_KEY_ARN.exec(keyArn) ?? [];
  return `kms.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
}
