import type { PolicyGraph, StackResource } from "../model/graph";
import { apiOf } from "./apiMembers";
import { link } from "./links";
import { TYPES } from "./types";

/**
 * Names the method that something belongs to by `restApi`, `resourceId` and `httpMethod`: alike for what belongs to the same.
 * `undefined` where that is not certain.
 */
export function methodOf(graph: PolicyGraph, resource: StackResource): string | undefined {
  const api = apiOf(graph, resource);
  const path = api === undefined ? undefined : pathOf(graph, resource, api);
  const method = resource.props["httpMethod"];
  return path === undefined || typeof method !== "string" ? undefined : `${String(api)} ${path} ${method}`;
}

function pathOf(graph: PolicyGraph, resource: StackResource, api: string): string | undefined {
  const { to, sure } = link(graph, resource, "resourceId", TYPES.apiResource);
  const [path, ...more] = to;
  if (path) return sure && more.length === 0 ? path.urn : undefined;
  const id = resource.props["resourceId"];
  // The root is no resource of its own, but an output of the API.
  if (typeof id !== "string")
    return graph.sources(resource, "resourceId", TYPES.restApi).length === 1 ? "root" : undefined;
  if (!sure) return undefined;
  return id === graph.get(api)?.props["rootResourceId"] ? "root" : id;
}
