import { declare } from "../support/declare";
import { silent, stops, type Change } from "./case";
import type { Recorded } from "./recorded";

/** An authorizer of API Gateway itself, and a method that asks it. */
function tokens(program: Recorded, props: object, scopes?: readonly string[]) {
  const authorizer = declare("authorizer", "tokens", {
    restApi: program.get("restApi").out("id"),
    type: "JWT",
    identitySource: "method.request.header.Authorization",
    ...props,
  });
  const method = program.get("method", "invoke-post");
  program.set(method, "authorization", "JWT");
  program.set(method, "authorizerId", authorizer.out("id"));
  if (scopes) program.set(method, "authorizationScopes", scopes);
  program.comesAfter(program.get("deployment"), authorizer);
  return [authorizer];
}

const issuers = [{ issuer: "https://login.example.com", audiences: ["a"] }];
const JWT = { jwtConfiguration: { issuers, defaultAlgorithms: ["RS256"] } };
const TYPE = "fd-apigateway-authorizer-type";

const MANAGED = (setting: string, arn: string) => ({ "fd-pack": { managedElsewhere: { [setting]: [arn] } } });
const REGIONAL = "arn:aws:wafv2:us-east-1:444455556666:regional/webacl/platform/a1b2c3d4-5678-90ab-cdef-111111111111";
const GLOBAL = "arn:aws:wafv2:us-east-1:444455556666:global/webacl/platform/a1b2c3d4-5678-90ab-cdef-111111111111";

export const RIGHT: readonly Change[] = [
  silent(
    "buffered",
    "a stage behind the web ACL of a platform team, which the config names",
    (program) => {
      program.set(program.get("webAclAssociation"), "webAclArn", REGIONAL);
      return [];
    },
    MANAGED("webAcls", REGIONAL),
  ),
  silent(
    "public-edge",
    "a distribution behind the web ACL of a platform team, which the config names",
    (program) => {
      program.set(program.get("distribution"), "webAclId", GLOBAL);
      return [];
    },
    MANAGED("webAcls", GLOBAL),
  ),
  silent("buffered", "a health check that API Gateway answers by itself", (program) => {
    const api = program.get("restApi").out("id");
    const root = program.get("restApi").out("rootResourceId");
    const method = declare("method", "health", {
      restApi: api,
      resourceId: root,
      httpMethod: "GET",
      authorization: "NONE",
      requestValidatorId: program.get("requestValidator").out("id"),
    });
    const integration = declare("integration", "health", {
      restApi: api,
      resourceId: root,
      httpMethod: method.out("httpMethod"),
      type: "MOCK",
    });
    for (const each of [method, integration]) program.comesAfter(program.get("deployment"), each);
    return [method, integration];
  }),
  silent("buffered", "API Gateway's own check of tokens", (program) => tokens(program, JWT)),
  silent("buffered", "API Gateway's own check of tokens and scopes", (program) =>
    tokens(program, JWT, ["agent/invoke"]),
  ),
  stops("buffered", "a check of tokens without issuers", TYPE, (program) =>
    tokens(program, { jwtConfiguration: { defaultAlgorithms: ["RS256"] } }),
  ),
  stops("buffered", "a check of tokens for everybody", TYPE, (program) =>
    tokens(program, {
      jwtConfiguration: { issuers: [{ issuer: "https://login.example.com" }], defaultAlgorithms: ["RS256"] },
    }),
  ),
  stops("buffered", "a check of tokens by any algorithm", TYPE, (program) =>
    tokens(program, { jwtConfiguration: { issuers } }),
  ),
  stops("buffered", "a check of tokens in the form of HTTP APIs", TYPE, (program) =>
    tokens(program, { jwtConfiguration: { issuer: "https://login.example.com", audience: ["a"] } }),
  ),
];
