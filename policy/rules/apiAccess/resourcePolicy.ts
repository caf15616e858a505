import { isPrivateApi, partsOf } from "../../aws/apis";
import { policiesOf, type ApiPolicy } from "../../aws/methods";
import { openApi, operations } from "../../aws/openApi";
import { opensToAll } from "../../aws/resourcePolicy";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, is, not, or, some, UNKNOWN, type Truth } from "../../model/value";

export const apiResourcePolicy = defineRule({
  id: "fd-apigateway-resource-policy",
  description: "The resource policy of an API whose methods ask for IAM does not let every AWS account in.",
  rationale:
    "With AWS_IAM a caller of another account needs the API's policy to allow it, and `Allow *` allows all of them: anybody with an AWS account signs a request and is in (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD59"] },
  remediationSteps:
    "Name accounts, roles or users under Principal.AWS, or bind the statement by aws:PrincipalAccount, aws:PrincipalOrgID, aws:SourceVpce or addresses that are not all of them.",
  stack: {
    types: [TYPES.restApi],
    check: (graph) => graph.all(TYPES.restApi).flatMap((api) => findings(graph, api)),
  },
});

function findings(graph: PolicyGraph, api: StackResource): readonly Finding[] {
  const asksIam = or(not(isPrivateApi(api)), UNKNOWN) === false ? false : hasIamMethod(graph, api);
  return policiesOf(graph, api).flatMap((policy) => {
    const opens = and(asksIam, policy.belongs, opened(policy));
    return judge(policy.from, not(opens), {
      finding: policy.from.type === TYPES.restApi && policy.policy !== api.props["policy"] ? "body.policy" : "policy",
      seen:
        opens === UNKNOWN
          ? "whether `policy` lets every AWS account in is not known"
          : "`policy` lets every AWS account in, and methods ask for AWS_IAM",
      wanted: "principals by their ARNs or accounts, or a condition on who calls",
    });
  });
}

/** One that a preview does not know, since it has the API's own ARN in it, is judged in the update. */
function opened({ from, policy }: ApiPolicy): Truth {
  if (policy === UNKNOWN && (from.sources["policy"] ?? []).length > 0) return false;
  return opensToAll(policy);
}

function hasIamMethod(graph: PolicyGraph, api: StackResource): Truth {
  const isIam = (value: unknown): Truth => is(value, (known) => known === "AWS_IAM");
  const written = operations(openApi(api.props["body"]));
  return or(
    ...partsOf(graph, api.urn, TYPES.method).map(({ part, belongs }) =>
      and(belongs, isIam(part.props["authorization"])),
    ),
    some(written, (operation) => isIam((operation as { readonly authorization: unknown }).authorization)),
  );
}
