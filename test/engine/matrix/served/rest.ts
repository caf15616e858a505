import { TYPES } from "../../../../local/program/graph";
import { namedKeys } from "../../../../contract/config/keys/auth";
import { isRestDoor } from "../../../../contract/wire/doors";
import { methodPathOf, REST_PATHS } from "../../../../contract/wire/routes";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import type { Thing, Values } from "../../provider/kind";
import { nameOf, shortType } from "../things";
import { admissionProblems } from "./admission";
import { declaredParts, snapshotProblems } from "./snapshot";

const METHODS = {
  iam: "AWS_IAM",
  apiKey: "NONE",
  cognito: "COGNITO_USER_POOLS",
  jwt: "CUSTOM",
  custom: "CUSTOM",
} as const;

const ROUTES = REST_PATHS.flatMap(({ methods }) => methods).length;

/** What is wrong with the REST doors. */
export function* restProblems(cloud: Cloud, settings: Settings): Generator<string> {
  const declared = settings.doors.filter(isRestDoor).map((door) => `front-door-${kebab(door)}`);
  const apis = cloud.all(TYPES.restApi);
  if (String(apis.map(({ urn }) => nameOf(urn)).sort()) !== String(declared.sort())) {
    yield `there are the APIs ${String(apis.map(({ urn }) => nameOf(urn)))}`;
  }
  for (const api of apis)
    for (const problem of apiProblems(cloud, api, settings)) yield `${nameOf(api.urn)}: ${problem}`;
  const keys = Object.keys(namedKeys(settings.apiAuth, settings.apiKeys));
  const expected = apis.length === 0 ? 0 : keys.length;
  for (const type of [TYPES.apiKey, TYPES.usagePlan, TYPES.usagePlanKey]) {
    if (cloud.all(type).length !== expected) yield `${String(cloud.all(type).length)} of ${shortType(type)}`;
  }
}

function* apiProblems(cloud: Cloud, api: Thing, settings: Settings): Generator<string> {
  const served = cloud.served(api.id);
  if (!served) {
    yield "is not served";
    return;
  }
  yield* snapshotProblems(cloud, api, served);
  yield* methodProblems(cloud, api, declaredParts(cloud, api), settings);
  yield* stageProblems(cloud, api, settings);
  yield* admissionProblems(cloud, api, settings);
  const named = settings.domain.name !== undefined;
  if (served.executeApi === named)
    yield `its own address ${served.executeApi ? "answers in addition to" : "is off without"} a domain`;
  const mappings = cloud.all(TYPES.basePathMapping).filter(({ inputs }) => inputs["restApi"] === api.id);
  const domains = mappings.map(({ inputs }) => inputs["domainName"]);
  if (String(domains) !== (settings.domain.name ?? "")) yield `its domains are ${String(domains)}`;
}

/** What routes ask for, and whether API Gateway may call what they lead to. */
function* methodProblems(cloud: Cloud, api: Thing, parts: readonly Thing[], settings: Settings): Generator<string> {
  const of = (type: string) => parts.filter((part) => part.type === type).map(({ inputs }) => inputs);
  const methods = of(TYPES.method);
  const keyed = Object.keys(namedKeys(settings.apiAuth, settings.apiKeys)).length > 0;
  for (const { httpMethod, authorization, authorizerId, apiKeyRequired } of methods) {
    if (httpMethod === "OPTIONS") continue;
    const asks = { authorization, apiKeyRequired, authorizer: authorizerId !== undefined };
    const expected = {
      authorization: METHODS[settings.apiAuth],
      apiKeyRequired: keyed,
      authorizer: !["iam", "apiKey"].includes(settings.apiAuth),
    };
    if (JSON.stringify(asks) !== JSON.stringify(expected))
      yield `a ${String(httpMethod)} asks for ${JSON.stringify(asks)}`;
  }
  const routes = methods.filter(({ httpMethod }) => httpMethod !== "OPTIONS").length;
  if (routes !== ROUTES) yield `has ${String(routes)} routes of ${String(ROUTES)}`;
  const preflights = methods.some(({ httpMethod }) => httpMethod === "OPTIONS");
  if (settings.corsOrigins.length > 0 && !preflights) yield "does not answer preflights";
  const uris = [
    ...of(TYPES.integration).flatMap(({ uri }) => (uri === undefined ? [] : [{ uri, source: "/" }])),
    ...of(TYPES.authorizer).flatMap(({ authorizerUri }) =>
      authorizerUri === undefined ? [] : [{ uri: authorizerUri, source: "/authorizers/" }],
    ),
  ];
  for (const { uri, source } of uris) {
    const problem = callProblem(cloud, JSON.stringify(uri), `${String(api.outputs["executionArn"])}${source}`);
    if (problem !== undefined) yield problem;
  }
}

/** Why a call of a function through API Gateway would fail. */
function callProblem(cloud: Cloud, uri: string, source: string): string | undefined {
  const [, name = "", alias] =
    /:function:([^:/]+)(?::([^:/]+))?\/(?:response-streaming-)?invocations"$/.exec(uri) ?? [];
  const isOurs = cloud.all(TYPES.function).some(({ id }) => id === name);
  const allowed = cloud
    .all(TYPES.permission)
    .some(
      ({ inputs }) =>
        String(inputs["function"]).split(":").at(-1) === name &&
        inputs["qualifier"] === alias &&
        inputs["principal"] === "apigateway.amazonaws.com" &&
        String(inputs["sourceArn"]).startsWith(source),
    );
  if (!allowed) return `may not call ${uri}`;
  return isOurs && alias !== undefined ? aliasProblem(cloud, name, alias) : undefined;
}

/** An alias serves what is declared if it leads to the newest version. */
function aliasProblem(cloud: Cloud, functionName: string, name: string): string | undefined {
  const alias = cloud
    .all(TYPES.alias)
    .find(({ inputs }) => inputs["functionName"] === functionName && inputs["name"] === name);
  const version = cloud.all(TYPES.function).find(({ id }) => id === functionName)?.outputs["version"];
  if (alias?.inputs["functionVersion"] === version) return undefined;
  return `calls ${functionName}:${name}, version ${String(alias?.inputs["functionVersion"])} of ${String(version)}`;
}

function* stageProblems(cloud: Cloud, { id }: Thing, settings: Settings): Generator<string> {
  const stage = cloud.all(TYPES.stage).find(({ inputs }) => inputs["restApi"] === id);
  const association = cloud
    .all(TYPES.webAclAssociation)
    .find(({ inputs }) => inputs["resourceArn"] === stage?.outputs["arn"]);
  const made = cloud.all(TYPES.webAcl).map(({ outputs }) => outputs["arn"]);
  const acls = settings.webAclArn === "" ? made : [settings.webAclArn];
  const guarded = association !== undefined && acls.includes(association.inputs["webAclArn"]);
  if (guarded === settings.privateApi) yield guarded ? "is private, with a web ACL" : "has no web ACL";
  if (stage?.inputs["xrayTracingEnabled"] !== settings.tracing) yield "traces or does not, against the config";

  const whole = { rateLimit: settings.throttleRateLimit, burstLimit: settings.throttleBurstLimit };
  const routes = Object.entries(settings.methodThrottles).map(([route, each]) => [methodPathOf(route), each] as const);
  const expected = [["*/*", whole] as const, ...routes].map(
    ([path, { rateLimit, burstLimit }]) => `${path} ${String(rateLimit)}/${String(burstLimit)}`,
  );
  const actual = cloud
    .all(TYPES.methodSettings)
    .filter(({ inputs }) => inputs["restApi"] === id)
    .map(({ inputs }) => [String(inputs["methodPath"]), inputs["settings"] as Values] as const)
    .map(([path, each]) => `${path} ${String(each["throttlingRateLimit"])}/${String(each["throttlingBurstLimit"])}`);
  if (String(actual.sort()) !== String(expected.sort()))
    yield `throttles at ${String(actual)}, declared ${String(expected)}`;
}

/** `buffered-api` for `bufferedApi`. */
function kebab(door: string): string {
  return door.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
