import type { PolicyGraph, StackResource } from "../model/graph";
import { UNKNOWN, type Truth } from "../model/value";
import { link } from "./links";
import { TYPES } from "./types";

/** What a REST API has, and whether that is certain. */
export interface Member {
  readonly resource: StackResource;
  /** True or `UNKNOWN`: what certainly belongs to another API is no member. */
  readonly sure: Truth;
}

/**
 * Names the REST API that something belongs to by `restApi`: the URN of one in the stack, the id of one elsewhere. `undefined`
 * where that is not certain.
 */
export function apiOf(
  graph: PolicyGraph,
  resource: StackResource,
  property = "restApi",
  value: unknown = resource.props[property],
): string | undefined {
  const { to, sure } = link(graph, resource, property, TYPES.restApi, value);
  const [api, ...more] = to;
  if (!sure || more.length > 0) return undefined;
  return api ? api.urn : typeof value === "string" ? value : undefined;
}

/** The resources of a type that belong to an API, or may. */
export function membersOf(graph: PolicyGraph, api: string | undefined, type: string): readonly Member[] {
  if (api === undefined) return graph.all(type).map((resource): Member => ({ resource, sure: UNKNOWN }));
  const groups = graph.once(`members ${type}`, () => {
    const byApi = new Map<string | undefined, StackResource[]>();
    for (const resource of graph.all(type)) {
      const key = apiOf(graph, resource);
      const same = byApi.get(key);
      if (same) same.push(resource);
      else byApi.set(key, [resource]);
    }
    return byApi;
  });
  return [
    ...(groups.get(api) ?? []).map((resource): Member => ({ resource, sure: true })),
    ...(groups.get(undefined) ?? []).map((resource): Member => ({ resource, sure: UNKNOWN })),
  ];
}
