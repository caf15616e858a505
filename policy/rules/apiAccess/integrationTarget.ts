import { hasPlainTarget, isOfType } from "../../aws/integrations";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty, type Finding } from "../../model/rule";
import { and, is, matches, not, or, UNKNOWN } from "../../model/value";

/** The path to a function in an integration's URI. */
const FUNCTION = /:lambda:path\/[\d-]+\/functions\//;

export const integrationTarget = defineRule({
  id: "fd-apigateway-integration-target",
  description: "An integration leads to a function, to https, or into a VPC, and to no service of AWS itself.",
  rationale:
    "What leaves over plain http is read and changed on its way. An integration with a service, as with AgentCore, leaves the function out: its limits, the session's binding to the caller and every check of the body are gone (https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html).",
  severity: "high",
  frameworks: { catalogue: ["FD60"] },
  remediationSteps:
    "Set type to AWS_PROXY and uri to the function's invokeArn. A host of your own needs https://, or connectionType VPC_LINK.",
  resource: {
    types: [TYPES.integration],
    // The invoke ARN of a new function is not known, and the stack form follows it.
    check: (integration) => findings(integration).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.integration],
    check: (graph) =>
      graph.all(TYPES.integration).flatMap((integration) => {
        const follows = [TYPES.function, TYPES.alias].some(
          (type) => graph.sources(integration, "uri", type).length > 0,
        );
        return integration.props["uri"] === UNKNOWN && follows ? [] : findings(integration);
      }),
  },
});

function findings(integration: Resource): readonly Finding[] {
  const uri = integration.props["uri"] ?? undefined;
  const toService = and(
    isOfType(integration, "AWS", "AWS_PROXY"),
    is(uri, (known) => known !== undefined),
    not(matches(uri, FUNCTION)),
  );
  return judgeProperty(
    integration,
    "uri",
    uri,
    not(or(hasPlainTarget(integration.props), toService)),
    "the invocation path of a function, or https://",
  );
}
