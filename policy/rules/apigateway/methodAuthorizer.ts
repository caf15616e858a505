import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, is, list, not, or, show, UNKNOWN, type Truth } from "../../model/value";

export const methodAuthorizer = defineRule({
  id: "fd-apigateway-method-authorizer",
  description:
    "A method that leaves the decision to an authorizer names it, and scopes stand only where a user pool or API Gateway checks them.",
  rationale:
    "Without authorizerId the type alone decides nothing: the deployment fails, or the method is deployed as it was before. authorizationScopes are read for COGNITO_USER_POOLS and JWT alone (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html), so elsewhere they promise a check that nobody makes.",
  severity: "high",
  frameworks: {
    catalogue: ["FD28"],
    kics: ["api_gateway_without_configured_authorizer"],
    prowler: ["apigateway_restapi_authorizers_enabled"],
  },
  remediationSteps:
    "Set authorizerId of the Method to the id of an Authorizer of the same API. Remove authorizationScopes from methods of any other type than COGNITO_USER_POOLS and JWT and check scopes in the authorizer function.",
  // An id that is not known yet is the usual case, and the stack form follows it.
  resource: {
    types: [TYPES.method],
    check: (method) => findings(method, UNKNOWN).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.method],
    check: (graph) =>
      graph
        .all(TYPES.method)
        .flatMap((method) =>
          findings(method, link(graph, method, "authorizerId", TYPES.authorizer).to.length > 0 || UNKNOWN),
        ),
  },
});

function findings(method: Resource, linked: Truth): readonly Finding[] {
  const { authorization, authorizerId, authorizationScopes } = method.props;
  const asks = is(authorization, (known) => ["CUSTOM", "COGNITO_USER_POOLS", "JWT"].includes(known as string));
  const named = authorizerId === UNKNOWN ? linked : typeof authorizerId === "string" && authorizerId !== "";
  const scopes = is(list(authorizationScopes), (known) => (known as unknown[]).length > 0);
  return [
    ...judge(method, or(not(asks), named), {
      finding: "authorizerId",
      seen: `\`authorization\` is ${show(authorization)} and \`authorizerId\` ${show(authorizerId)}`,
      wanted: "the id of an Authorizer",
    }),
    ...judgeProperty(
      method,
      "authorizationScopes",
      authorizationScopes,
      not(
        and(
          scopes,
          is(authorization, (known) => known !== "COGNITO_USER_POOLS" && known !== "JWT"),
        ),
      ),
      "none, except with COGNITO_USER_POOLS and JWT",
    ),
  ];
}
