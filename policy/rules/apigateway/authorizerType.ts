import { TYPES } from "../../aws/types";
import type { Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, every, is, list, not, or, show, UNKNOWN, type Truth } from "../../model/value";

export const authorizerType = defineRule({
  id: "fd-apigateway-authorizer-type",
  description: "An authorizer is of a known type and has what the type decides by.",
  rationale:
    "TOKEN and REQUEST ask a function, COGNITO_USER_POOLS asks user pools, and JWT, which REST APIs have had since November 2026, checks issuers, audiences and algorithms. An authorizer without its source refuses everybody, and one without an audience takes tokens that were issued for somebody else (https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html).",
  severity: "high",
  frameworks: { catalogue: ["FD58"] },
  remediationSteps:
    "Set type to TOKEN, REQUEST, COGNITO_USER_POOLS or JWT. Give TOKEN and REQUEST the authorizerUri of a function, COGNITO_USER_POOLS at least one of providerArns, and JWT its jwtConfiguration with issuers, audiences and defaultAlgorithms.",
  // A function's invoke ARN is not known before it is created, and the stack form follows it.
  resource: {
    types: [TYPES.authorizer],
    check: (authorizer) => findings(authorizer, () => UNKNOWN).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.authorizer],
    check: (graph) =>
      graph
        .all(TYPES.authorizer)
        .flatMap((authorizer) => findings(authorizer, (property) => comes(authorizer, property))),
  },
});

/** An unknown value that comes from somewhere will be one; any other may turn out to be nothing. */
function comes({ sources }: StackResource, property: string): Truth {
  return (sources[property] ?? []).length > 0 || UNKNOWN;
}

function findings(authorizer: Resource, comesLater: (property: string) => Truth): readonly Finding[] {
  const { props } = authorizer;
  const type = props["type"] ?? "TOKEN";
  const isOf = (...types: readonly string[]): Truth => is(type, (known) => types.includes(known as string));
  const has = (property: string): Truth => {
    const value = props[property];
    if (value === UNKNOWN) return comesLater(property);
    return is(list(value), (known) => (known as unknown[]).some((each) => each !== ""));
  };
  const needs = (property: string, ...types: readonly string[]): readonly Finding[] =>
    judge(authorizer, or(not(isOf(...types)), has(property)), {
      finding: property,
      seen: `\`type\` is ${show(type)} and \`${property}\` ${show(props[property])}`,
      wanted: `\`${property}\``,
    });
  return [
    ...judge(authorizer, isOf("TOKEN", "REQUEST", "COGNITO_USER_POOLS", "JWT"), {
      finding: "type",
      seen: `\`type\` is ${show(type)}`,
      wanted: '"TOKEN", "REQUEST", "COGNITO_USER_POOLS" or "JWT"',
    }),
    ...needs("authorizerUri", "TOKEN", "REQUEST"),
    ...needs("providerArns", "COGNITO_USER_POOLS"),
    ...ofTokens(authorizer, isOf("JWT")),
  ];
}

/**
 * API Gateway's own check of tokens: issuers, each with its audiences, and the algorithms that count. The shape of HTTP APIs, `issuer` and
 * `audience`, is none of a REST API.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
function ofTokens(authorizer: Resource, applies: Truth): readonly Finding[] {
  const config = authorizer.props["jwtConfiguration"] ?? undefined;
  const issuers = list(at(config, "issuers"));
  const filled = (value: unknown): Truth => {
    const values = list(value);
    return and(
      is(values, (known) => (known as unknown[]).length > 0),
      every(values, (each) => is(each, (known) => !/^\**$/.test(String(known)))),
    );
  };
  const judged = (name: string, value: unknown, right: Truth, wanted: string) =>
    judgeProperty(authorizer, `jwtConfiguration.${name}`, value, or(not(applies), right), wanted);
  const present = is(issuers, (known) => (known as unknown[]).length > 0);
  const all = (test: (issuer: unknown) => Truth): Truth => and(present, every(issuers, test));
  const https = all((each) => is(at(each, "issuer"), (known) => /^https:\/\/./.test(String(known))));
  return [
    ...judged("issuers", at(config, "issuers"), https, "issuers, each by its https URL"),
    ...judged(
      "audiences",
      at(config, "issuers"),
      or(
        not(present),
        all((each) => filled(at(each, "audiences"))),
      ),
      "the audiences of each issuer",
    ),
    ...judged(
      "defaultAlgorithms",
      at(config, "defaultAlgorithms"),
      filled(at(config, "defaultAlgorithms")),
      "the algorithms whose signatures count",
    ),
  ];
}
