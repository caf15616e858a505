import { partsOf, type Part } from "../../aws/apis";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty } from "../../model/rule";
import { and, at, is, matches, not, or, same, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly accountRoleManagedElsewhere: boolean;
}

export const accountLoggingRole = defineRule<Settings>({
  id: "fd-apigateway-account-logging-role",
  description: "Where stages log to CloudWatch, API Gateway has the account's role for it.",
  rationale:
    "API Gateway writes logs with one role an account and region. Without it a stage that logs cannot be made, or its logs stay away in silence (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html). One stack of an account may own the role, so most stacks do not have it.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD36"] },
  remediationSteps:
    "Set cloudwatchRoleArn on the aws.apigateway.Account of this stack, or leave the role to another stack of the account and region and set accountRoleManagedElsewhere.",
  settings: {
    accountRoleManagedElsewhere: {
      type: "boolean",
      default: true,
      description: "Whether another stack of the account and region owns API Gateway's logging role.",
    },
  },
  stack: {
    types: [TYPES.stage, TYPES.account],
    check: (graph, { accountRoleManagedElsewhere }) => {
      const accounts = graph.all(TYPES.account);
      const withoutRole = accounts.flatMap((account) => {
        const arn = account.props["cloudwatchRoleArn"];
        const given = matches(arn, /./);
        // A role of this stack is one, whatever its ARN will be.
        const comes = given === UNKNOWN && graph.sources(account, "cloudwatchRoleArn", TYPES.role).length > 0;
        return judgeProperty(
          account,
          "cloudwatchRoleArn",
          arn,
          or(given, comes),
          "the ARN of a role that may write logs",
        );
      });
      if (accountRoleManagedElsewhere || accounts.length > 0) return withoutRole;
      return graph.all(TYPES.stage).flatMap((stage) =>
        judge(stage, not(logs(graph, stage)), {
          finding: "account",
          seen: "the stage logs and the stack has no apigateway.Account",
          wanted: "one with `cloudwatchRoleArn`",
        }),
      );
    },
  },
});

/** Whether a stage writes to CloudWatch: its access log, or what its methods' settings switch on. */
function logs(graph: PolicyGraph, stage: StackResource): Truth {
  const destination = at(stage.props, "accessLogSettings", "destinationArn");
  return or(
    is(destination, (known) => typeof known === "string" && !known.includes(":firehose:")),
    ...settingsOf(graph, stage).map(({ part, belongs }) =>
      and(
        belongs,
        is(at(part.props, "settings", "loggingLevel"), (known) => known === "ERROR" || known === "INFO"),
      ),
    ),
  );
}

function settingsOf(graph: PolicyGraph, stage: StackResource): readonly Part[] {
  return link(graph, stage, "restApi", TYPES.restApi)
    .to.flatMap((api) => partsOf(graph, api.urn, TYPES.methodSettings))
    .map(({ part, belongs }) => ({
      part,
      belongs: and(belongs, same(part.props["stageName"], stage.props["stageName"])),
    }));
}
