import { ofItsApi } from "../../aws/apis";
import { isGuarded, isMock, isRestricted, type Excuses } from "../../aws/methods";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { show, UNKNOWN } from "../../model/value";

export const methodAuthorization = defineRule({
  id: "fd-apigateway-method-authorization",
  description:
    "Every method of a REST API authenticates its callers, except preflights that API Gateway answers by itself and methods that a resource policy limits to known callers.",
  rationale:
    "A method with authorization NONE is open to the internet, and every call costs an agent's run. A resource policy that names addresses, endpoints or principals can stand in its place (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html), but not for ANY, which opens methods that nobody has thought of. Browsers send preflights without credentials, so OPTIONS may be open where its integration is MOCK and no function runs.",
  severity: "critical",
  frameworks: {
    catalogue: ["FD26"],
    securityHub: ["APIGateway.8"],
    checkov: ["CKV_AWS_59", "CKV2_AWS_70", "CKV_AWS_309"],
    cdkNag: ["AwsSolutions-APIG4"],
    trivy: ["AWS-0004"],
    cfnGuard: ["API_GW_METHOD_AUTHORIZATION_TYPE_RULE"],
    kics: ["api_gateway_with_open_access", "api_gateway_without_configured_authorizer"],
    prowler: ["apigateway_restapi_authorizers_enabled", "apigateway_restapi_public_with_authorizer"],
  },
  remediationSteps:
    "Set authorization of the Method to AWS_IAM, CUSTOM or COGNITO_USER_POOLS, or require an API key of a usage plan (apiKeyRequired). Give an OPTIONS method that answers preflights an Integration of type MOCK.",
  unwaivable: true,
  // A policy or a mock integration may still excuse an open method; nothing excuses ANY, or a kind of authorization that does not exist.
  resource: {
    types: [TYPES.method],
    check: (method) =>
      findings(method, { mock: UNKNOWN, restricted: UNKNOWN }).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.method],
    check: (graph) => graph.all(TYPES.method).flatMap((method) => findings(method, excuses(graph, method))),
  },
});

function excuses(graph: PolicyGraph, method: StackResource): Excuses {
  return {
    mock: isMock(graph, method),
    restricted: ofItsApi(graph, method, (api) => graph.once(`restricted ${api.urn}`, () => isRestricted(graph, api))),
  };
}

function findings(method: Resource, excuses: Excuses): readonly Finding[] {
  const { httpMethod, authorization, apiKeyRequired } = method.props;
  return judge(method, isGuarded(method.props, excuses), {
    finding: "authorization",
    seen: `\`authorization\` is ${show(authorization)}, \`httpMethod\` ${show(httpMethod)}, \`apiKeyRequired\` ${show(apiKeyRequired)}`,
    wanted: '"AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS" or an API key; "NONE" for OPTIONS of a MOCK integration only',
  });
}
