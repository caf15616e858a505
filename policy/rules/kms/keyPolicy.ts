import { allows, isBoundBy, statementsOf, type Statement } from "../../aws/iamPolicy";
import { isForOthers, namesSome } from "../../aws/iamPrincipals";
import { TYPES } from "../../aws/types";
import { defineRule, judge, judgeProperty } from "../../model/rule";
import { is, not, or, show, UNKNOWN, type Truth } from "../../model/value";

/** What binds a statement for everyone to callers that somebody has named. */
const CALLER_KEYS = [
  "kms:CallerAccount",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceVpc",
  "aws:SourceVpce",
];

/** Whether a statement is for principals that nobody has named: by a wildcard, or by all that it does not name. */
function isForEveryone(statement: Statement): Truth {
  return or(
    isForOthers(statement),
    namesSome(statement, (principal) => principal.includes("*")),
  );
}

export const keyPolicy = defineRule({
  id: "fd-kms-key-policy",
  description: "The policy of a KMS key names who may use the key, and does not lock out its own account.",
  rationale:
    "A statement for everyone lets any AWS account use the key (https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html). Without the lockout check a policy may leave nobody who can change it, and what the key has encrypted is lost.",
  severity: "critical",
  frameworks: {
    securityHub: ["KMS.5"],
    checkov: ["CKV_AWS_33", "CKV2_AWS_64"],
    cfnGuard: ["KMS_NO_WILDCARD_PRINCIPAL"],
    pulumi: ["aws-kms-key-disallow-bypass-policy-lockout-safety-check"],
  },
  remediationSteps:
    "Name accounts, roles or services as principals, or bind the statement by kms:CallerAccount or aws:PrincipalOrgID. Remove bypassPolicyLockoutSafetyCheck.",
  resource: {
    types: [TYPES.key, TYPES.keyPolicy, TYPES.replicaKey, TYPES.externalKey, TYPES.replicaExternalKey],
    check: (key) => {
      const { policy, bypassPolicyLockoutSafetyCheck: bypass } = key.props;
      const statements = statementsOf(policy);
      const findings =
        statements === UNKNOWN
          ? judge(key, UNKNOWN, {
              finding: "policy",
              seen: policy === UNKNOWN ? "`policy` is not known before the update" : "`policy` cannot be read",
              wanted: "statements that name their principals",
            })
          : statements.flatMap((statement) =>
              judge(
                key,
                or(not(allows(statement)), not(isForEveryone(statement)), isBoundBy(statement.condition, CALLER_KEYS)),
                {
                  finding: `${statement.path}.Principal`,
                  seen: `a statement of \`policy\` is for ${show(statement.principals)}`,
                  wanted: "principals by name, or a condition on who calls",
                },
              ),
            );
      return [
        ...findings,
        ...judgeProperty(
          key,
          "bypassPolicyLockoutSafetyCheck",
          bypass,
          is(bypass, (known) => known !== true),
          "false",
        ),
      ];
    },
    remediate: ({ props }) =>
      props["bypassPolicyLockoutSafetyCheck"] === true
        ? [{ path: ["bypassPolicyLockoutSafetyCheck"], value: false }]
        : [],
  },
});
