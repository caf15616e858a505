import { allows, isBoundBy, statementsOf, type Statement } from "../../aws/iamPolicy";
import { isForOthers, namesSome } from "../../aws/iamPrincipals";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { and, not, or, UNKNOWN, type Truth } from "../../model/value";

/** What binds a statement for everybody to callers that somebody has named. */
const CALLER_KEYS = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceVpc",
  "aws:SourceVpce",
];

export const logResourcePolicy = defineRule({
  id: "fd-cloudwatch-log-resource-policy",
  description: "No resource policy of CloudWatch Logs lets everybody in.",
  rationale:
    "Whoever it names may write into the account's log groups, or read them, from any account (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html). A condition narrows it only where it names an account, an organisation, a source or a VPC without a star alone.",
  severity: "high",
  frameworks: { prowler: ["cloudwatch_log_group_not_publicly_accessible"] },
  remediationSteps:
    "Name the service or the accounts in Principal, and give services a condition on aws:SourceArn or aws:SourceAccount.",
  resource: {
    types: [TYPES.logResourcePolicy],
    check: (policy) => {
      const document = policy.props["policyDocument"];
      const statements = statementsOf(document);
      if (statements === UNKNOWN)
        return judge(policy, UNKNOWN, {
          finding: "policyDocument",
          seen: `\`policyDocument\` is ${document === UNKNOWN ? "not known before the update" : "no JSON"}`,
          wanted: "a policy that can be read",
        });
      return statements.flatMap((statement) =>
        judge(policy, not(isPublic(statement)), {
          finding: `${statement.path}.Principal`,
          seen: `\`${statement.path}\` of \`policyDocument\` lets everybody in, or a part of it is not known`,
          wanted: "a principal that is named, or a condition on where calls come from",
        }),
      );
    },
  },
});

/** Whether a statement allows everybody something, from everywhere. */
function isPublic(statement: Statement): Truth {
  const everybody = or(
    isForOthers(statement),
    namesSome(statement, (principal) => principal === "*"),
  );
  return and(allows(statement), everybody, not(isBoundBy(statement.condition, CALLER_KEYS)));
}
