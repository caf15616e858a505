import { PREVIEW_SOURCES, statementForms, type FollowSettings } from "../../aws/iamDocuments";
import { allows, isBoundBy } from "../../aws/iamPolicy";
import { isForOthers, namesSome } from "../../aws/iamPrincipals";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { not, or } from "../../model/value";

/** Keys that say who calls, or through what. */
const CALLER_KEYS = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceVpc",
  "aws:SourceVpce",
];

export const codeBucket = defineRule<FollowSettings>({
  id: "fd-agentcore-code-bucket",
  description: "The policy of a bucket that a door or an agent uses lets nobody in by `*`.",
  rationale:
    "An agent runs what lies in its bucket: whoever may write there has the agent's role, and whoever may read there has its code and its logs (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD65"], securityHub: ["S3.2", "S3.3"], checkov: ["CKV_AWS_70"] },
  remediationSteps:
    "Name roles or services under Principal, and give services a condition on aws:SourceArn or aws:SourceAccount.",
  settings: {
    previewSources: { ...PREVIEW_SOURCES, default: [TYPES.bucket, ...(PREVIEW_SOURCES.default as string[])] },
  },
  ...statementForms<FollowSettings>([TYPES.bucketPolicy], (statement, { resource }) =>
    judgeProperty(
      resource,
      `${statement.path}.Principal`,
      statement.principals,
      or(
        not(allows(statement)),
        not(
          or(
            isForOthers(statement),
            namesSome(statement, (principal) => principal === "*"),
          ),
        ),
        isBoundBy(statement.condition, CALLER_KEYS),
      ),
      "principals by their names, or a condition on who calls",
    ),
  ),
});
