import type { RuntimeAuth } from "../../contract/runtime/doorPolicy";
import { authorizerFunction, type Issuers } from "./cognito/issuers";
import type { EdgeDouble } from "./cloudfront/edge";
import { identityHeader } from "./apigateway/authorizer";
import { perimeterNotEmulated } from "./apigateway/notEmulated";
import type { StageDouble } from "./apigateway/stage";
import { TYPES, type Graph } from "../program/graph";

/** Authorizers whose own part is played by somebody else here. */
function authNotEmulated(graph: Graph, issuers: Issuers): string[] {
  const strangers = graph
    .all(TYPES.authorizer)
    .filter((authorizer) => !issuers.of(authorizer) && !authorizerFunction(graph, authorizer))
    .map(({ inputs }) => {
      const arn = /functions\/(.+)\/invocations$/.exec(String(inputs["authorizerUri"]))?.[1] ?? "";
      return `YOUR AUTHORIZER ${arn} IS NOT ASKED: it is not in the stack. Every request with a non-empty \`${identityHeader(inputs["identitySource"])}\` is let in as "local"`;
    });
  return [
    ...new Set(strangers),
    ...issuers.all.map(
      ({ profile }) => `the issuer ${profile.issuer}: a local one with keys of its own stands in for it`,
    ),
  ];
}

/** What is declared but not enforced by the local target, a line each. */
export function notEmulated(
  graph: Graph,
  fronts: readonly (StageDouble | EdgeDouble)[],
  issuers: Issuers,
  runtimeAuth: RuntimeAuth,
): string[] {
  const rules = new Set(fronts.flatMap(({ waf }) => waf?.notEmulated ?? []));
  return [
    ...(rules.size > 0
      ? [`web ACL rules ${[...rules].join(", ")}: only rules on addresses, rates and the body's size are evaluated`]
      : []),
    ...authNotEmulated(graph, issuers),
    ...(graph.all(TYPES.methodSettings).length > 0 ? ["throttles and quotas of stages, methods and usage plans"] : []),
    ...(graph.all(TYPES.distribution).length > 0
      ? [
          "CloudFront's TLS, HTTP/2 and HTTP/3: the edge listens to plain http; its domain and certificate are not served",
        ]
      : []),
    ...(graph.all(TYPES.logGroup).length > 0
      ? ["log groups: functions log to this terminal; there are no access logs"]
      : []),
    ...(graph.all(TYPES.logGroup).some(({ inputs }) => inputs["kmsKeyId"] !== undefined)
      ? ["the KMS key of the log groups: nothing is encrypted"]
      : []),
    ...(graph.all(TYPES.dashboard).length > 0 ? ["the dashboard: there are no metrics to show"] : []),
    ...(graph.all(TYPES.metricAlarm).length > 0
      ? [`${graph.all(TYPES.metricAlarm).length} alarms: nothing is measured, and no topic is told`]
      : []),
    ...perimeterNotEmulated(graph),
    "IAM policies of your own callers: the printed key may call execute-api:Invoke, and the Function URL where a permission names its principal",
    ...(runtimeAuth === "oauth"
      ? [
          "the runtime's JWT authorizer: a bearer token must be a JWT that has not expired; signature and claims are not checked",
        ]
      : []),
    ...(graph.all(TYPES.agentRuntime).length > 0
      ? ["the sample's runtime, its role and its bucket: the sample agent runs from its source"]
      : []),
    ...(runtimeAuth === "oauth" && graph.all(TYPES.resourcePolicy).length > 0
      ? ["resource policies of runtimes that take bearer tokens"]
      : []),
    "versions of runtimes: every runtime and endpoint is the same agent",
    "one microVM per session: a single agent process serves all sessions",
    "service limits on time between bytes, and Lambda's bandwidth cap",
  ];
}
