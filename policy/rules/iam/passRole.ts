import { IDENTITY_POLICIES, PREVIEW_SOURCES, statementForms, type FollowSettings } from "../../aws/iamDocuments";
import { allowsSome, isBoundBy, isPrefix, isUnbounded } from "../../aws/iamPolicy";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, not, or, some } from "../../model/value";

const PASS = ["iam:PassRole"];
const DECRYPT = ["kms:Decrypt", "kms:ReEncryptFrom"];

export const passRole = defineRule<FollowSettings>({
  id: "fd-iam-pass-role",
  description:
    "Roles are passed to a named service and by their names, and no policy allows to decrypt with every key.",
  rationale:
    "Whoever may pass any role to any service has the rights of every role (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html); whoever may decrypt with every key reads all that the account encrypts (https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1).",
  severity: "high",
  frameworks: {
    securityHub: ["KMS.1", "KMS.2"],
    trivy: ["AWS-0342"],
    cfnGuard: ["IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE", "IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE"],
  },
  remediationSteps:
    "Allow iam:PassRole on the ARN of the one role, with the condition StringEquals iam:PassedToService on the one service; allow kms:Decrypt on the ARNs of the keys.",
  settings: { previewSources: PREVIEW_SOURCES },
  ...statementForms<FollowSettings>(IDENTITY_POLICIES, (statement, { resource, prefix }) => {
    const { path, resources, notResources, condition } = statement;
    const passes = allowsSome(statement, PASS);
    const prefixed = some(resources ?? [], (each) => is(each, isPrefix));
    const wide = or(
      and(passes, or(isUnbounded(statement), prefixed)),
      and(allowsSome(statement, DECRYPT), isUnbounded(statement)),
    );
    return [
      ...judgeProperty(
        resource,
        `${prefix}${path}.Resource`,
        resources ?? notResources,
        not(wide),
        "the ARNs of the roles or keys",
      ),
      ...judgeProperty(
        resource,
        `${prefix}${path}.Condition`,
        condition,
        or(not(passes), isBoundBy(condition, ["iam:PassedToService"])),
        "a condition on iam:PassedToService beside iam:PassRole",
      ),
    ];
  }),
});
