import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, is, or, UNKNOWN, type Truth } from "../model/value";
import { partsOf } from "./apis";
import { link } from "./links";
import { openApi } from "./openApi";
import { opensToAll, restrictsCallers } from "./resourcePolicy";
import { TYPES } from "./types";

/** What says who may call a method, from a Method's properties or from an operation of an OpenAPI document. */
export interface Door {
  readonly httpMethod?: unknown;
  readonly authorization?: unknown;
  readonly apiKeyRequired?: unknown;
}

/** What may excuse an open method: API Gateway answers it by itself; a resource policy limits who reaches it. */
export interface Excuses {
  readonly mock: Truth;
  readonly restricted: Truth;
}

const AUTHENTICATING = new Set<unknown>(["AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM", "JWT"]);

/**
 * Whether a method lets in nobody but whom it should: it asks who calls, or API Gateway answers by itself and no function runs,
 * as for a preflight or a health check, or a resource policy limits who reaches it. The last does not hold for ANY: it opens what nobody has thought of.
 */
export function isGuarded({ httpMethod, authorization, apiKeyRequired }: Door, { mock, restricted }: Excuses): Truth {
  const open = is(authorization, (known) => known === "NONE");
  return or(
    is(authorization, (known) => AUTHENTICATING.has(known)),
    and(
      open,
      or(
        is(apiKeyRequired, (known) => known === true),
        // Whatever nobody has thought of is open by ANY.
        and(
          is(httpMethod, (known) => known !== "ANY"),
          mock,
        ),
        and(
          is(httpMethod, (known) => known !== "ANY"),
          restricted,
        ),
      ),
    ),
  );
}

/** Whether the resource policy of an API limits who reaches its open methods, wherever it is written. */
export function isRestricted(graph: PolicyGraph, api: StackResource): Truth {
  const documents = policiesOf(graph, api);
  const restricted = or(...documents.map(({ policy, belongs }) => and(belongs, restrictsCallers(policy))));
  // An API has one policy: of a limiting and an opening one the last that is written wins.
  const opened = or(...documents.map(({ policy, belongs }) => and(belongs, opensToAll(policy))));
  return restricted === true && opened !== false ? UNKNOWN : restricted;
}

/** A resource policy, what gives it to an API, and whether it is surely that API's. */
export interface ApiPolicy {
  readonly from: StackResource;
  readonly policy: unknown;
  readonly belongs: Truth;
}

/** Every document that is given to an API as its resource policy. */
export function policiesOf(graph: PolicyGraph, api: StackResource): readonly ApiPolicy[] {
  const own: readonly ApiPolicy[] = [
    { from: api, policy: api.props["policy"], belongs: true },
    { from: api, policy: at(openApi(api.props["body"]), "x-amazon-apigateway-policy"), belongs: true },
  ];
  const others = partsOf(graph, api.urn, TYPES.restApiPolicy, "restApiId").map(({ part, belongs }): ApiPolicy => ({
    from: part,
    policy: part.props["policy"],
    belongs,
  }));
  return [...own, ...others].filter(({ policy }) => policy !== undefined);
}

/** Whether API Gateway answers a method by itself. */
export function isMock(graph: PolicyGraph, method: StackResource): Truth {
  const { placed, unplaced } = integrations(graph);
  const place = placeOf(graph, method);
  const own = place === undefined ? [] : (placed.get(place) ?? []);
  if (own.length > 0) return and(...own.map(({ props }) => is(props["type"], (known) => known === "MOCK")));
  return place === undefined || unplaced > 0 ? UNKNOWN : false;
}

/** Integrations by the path and method that they serve. */
function integrations(graph: PolicyGraph) {
  return graph.once("integrations by place", () => {
    const placed = new Map<string, StackResource[]>();
    let unplaced = 0;
    for (const integration of graph.all(TYPES.integration)) {
      const place = placeOf(graph, integration);
      if (place === undefined) unplaced++;
      else placed.set(place, [...(placed.get(place) ?? []), integration]);
    }
    return { placed, unplaced };
  });
}

/**
 * Names the method that something belongs to, by `resourceId` and `httpMethod`: alike for what belongs to the same. `undefined`
 * where that is not certain.
 */
export function placeOf(graph: PolicyGraph, part: StackResource): string | undefined {
  const path = pathOf(graph, part);
  const method = part.props["httpMethod"];
  return path === undefined || typeof method !== "string" ? undefined : `${path} ${method}`;
}

function pathOf(graph: PolicyGraph, part: StackResource): string | undefined {
  const id = part.props["resourceId"];
  const root = graph
    .once("APIs by root", () => new Map(graph.all(TYPES.restApi).map((api) => [api.props["rootResourceId"], api.urn])))
    .get(id);
  if (root !== undefined && typeof id === "string") return root;
  const { to, sure } = link(graph, part, "resourceId", TYPES.apiResource);
  const [resource, ...more] = to;
  if (resource) return sure && more.length === 0 ? resource.urn : undefined;
  if (typeof id === "string") return sure ? id : undefined;
  // Before an API is created the id of its root is known by where it comes from alone.
  const [api, ...others] = graph.sources(part, "resourceId", TYPES.restApi);
  return others.length === 0 ? api?.urn : undefined;
}
