import { functionsOf, link } from "../aws/links";
import { TYPES } from "../aws/types";
import { hostOf, originsOf } from "../aws/distribution";
import type { PolicyGraph, StackResource } from "../model/graph";
import { STACK_REFERENCE, typeOf } from "../model/urn";
import { at, hasUnknown, list, UNKNOWN } from "../model/value";

/** What the public reaches a function by, and the property that names the function. */
const ENTRANCES: readonly (readonly [type: string, property: string])[] = [
  [TYPES.functionUrl, "functionName"],
  [TYPES.integration, "uri"],
  ["aws:apigatewayv2/integration:Integration", "integrationUri"],
  ["aws:lb/targetGroupAttachment:TargetGroupAttachment", "targetId"],
  ["aws:alb/targetGroupAttachment:TargetGroupAttachment", "targetId"],
];

const LAMBDA = /:lambda:|^(?!arn:)[\w-]+$/;
const FUNCTION_HOST = /\.(?:lambda-url|execute-api)\./;

/** An entrance, and the function of this stack behind it; without one, the function is of another stack. */
export interface Entrance {
  readonly entrance: StackResource;
  readonly fn?: StackResource;
}

/** Every public entrance to a function. */
export function entrancesOf(graph: PolicyGraph): readonly Entrance[] {
  return graph.once("entrances", () => [
    ...ENTRANCES.flatMap(([type, property]) =>
      graph.all(type).flatMap((entrance) => behind(graph, entrance, property)),
    ),
    ...graph.all(TYPES.distribution).flatMap((distribution) => elsewhere(graph, distribution)),
  ]);
}

function behind(graph: PolicyGraph, entrance: StackResource, property: string): readonly Entrance[] {
  const value = entrance.props[property];
  if (value === undefined) return [];
  const { to } = functionsOf(graph, entrance, property);
  if (to.length > 0) return to.map((fn) => ({ entrance, fn }));
  if (hasUnknown(value)) {
    const types = (entrance.sources[property] ?? []).map(typeOf);
    return types.length === 0 || types.includes(STACK_REFERENCE) ? [{ entrance }] : [];
  }
  // An integration may as well lead to a service or a host of one's own.
  return typeof value === "string" && LAMBDA.test(value) ? [{ entrance }] : [];
}

/** A distribution in front of a function's URL or an API that this stack does not make. */
function elsewhere(graph: PolicyGraph, distribution: StackResource): readonly Entrance[] {
  const hosts = originsOf(distribution).map((origin) => ({ host: hostOf(origin), value: origin.value }));
  const named = hosts.some(
    ({ host }) =>
      typeof host === "string" &&
      FUNCTION_HOST.test(host) &&
      link(graph, distribution, "origins", TYPES.functionUrl, host).to.length === 0 &&
      link(graph, distribution, "origins", TYPES.restApi, host).to.length === 0,
  );
  const unknown = hosts.some(
    ({ host, value }) => host === UNKNOWN && list(at(value, "customOriginConfig")) !== UNKNOWN,
  );
  const sources = distribution.sources["origins"] ?? [];
  return named || (unknown && sources.length === 0) ? [{ entrance: distribution }] : [];
}
