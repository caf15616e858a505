import { isPublicStatement, statementsOf } from "../../aws/publicStatement";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { not, UNKNOWN } from "../../model/value";

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
      const statements = statementsOf(policy.props["policyDocument"]);
      if (statements === UNKNOWN || statements === undefined)
        return judge(policy, UNKNOWN, {
          finding: "policyDocument",
          seen: `\`policyDocument\` is ${statements === UNKNOWN ? "not known before the update" : "no JSON"}`,
          wanted: "a policy that can be read",
        });
      return statements.flatMap((statement, index) =>
        judge(policy, not(isPublicStatement(statement)), {
          finding: `Statement[${index.toString()}].Principal`,
          seen: `statement ${index.toString()} of \`policyDocument\` lets everybody in, or a part of it is not known`,
          wanted: "a principal that is named, or a condition on where calls come from",
        }),
      );
    },
  },
});
