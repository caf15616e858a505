import type { PolicyGraph, StackResource } from "../../model/graph";
import { TYPES } from "../../aws/types";
import { defineRule, judge, type Finding } from "../../model/rule";
import { hasUnknown, UNKNOWN } from "../../model/value";
import { accountsIn, ownAccounts } from "../../reach/accounts";

export const accounts = defineRule({
  id: "fd-stack-accounts",
  description:
    "Nothing about a door names an account that is not the stack's own or on the list of those that may be named.",
  rationale:
    "A principal, an authorizer's user pool, an image, a function at the edge, a web ACL or a destination of another account is decided upon there: who gets in, what runs, and who reads the prompts (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html).",
  severity: "high",
  frameworks: { catalogue: ["FD66"] },
  remediationSteps:
    "Name what is of the stack's own account. If the other account is meant, list it in accounts of fd-pack; a web ACL, logs or alarms of a platform team go into managedElsewhere by their ARNs.",
  stack: { types: Object.values(TYPES), check },
});

/** Inputs that name who calls, what runs and where things go; none of them is an output. */
const INPUTS = ["principal", "providerArns", "imageUri", "webAclId", "webAclArn", "destinationConfig"];

function check(graph: PolicyGraph): readonly Finding[] {
  const { accounts: own, known } = ownAccounts(graph);
  return graph.resources.flatMap((resource) => [
    ...unread(resource),
    ...accountsIn(graph, resource)
      .filter(({ account }) => !own.has(account))
      .flatMap(({ account, property }) =>
        judge(resource, known ? false : UNKNOWN, {
          finding: `${property}.${account}`,
          seen: known
            ? `\`${property}\` names account ${account}, and the stack is of ${[...own].join(", ")}`
            : `\`${property}\` names account ${account}, and of which account the stack is, is not known before the update`,
          wanted: "accounts of one's own",
        }),
      ),
  ]);
}

/** What is not known and comes from nowhere in the stack may be of any account. */
function unread(resource: StackResource): readonly Finding[] {
  const { type, props, sources } = resource;
  const named = type.startsWith("aws:iam/") ? ["policy"] : INPUTS;
  return named
    .filter((property) => hasUnknown(props[property]) && (sources[property] ?? []).length === 0)
    .flatMap((property) =>
      judge(resource, UNKNOWN, {
        finding: property,
        seen: `\`${property}\` is not known, and comes from no resource of this stack`,
        wanted: "accounts of one's own",
      }),
    );
}
