import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, every, is, list, UNKNOWN, type Truth } from "../model/value";
import { link } from "./links";
import { TYPES } from "./types";

/** True for an API that only VPC endpoints reach. */
export function isPrivateApi({ props }: Pick<StackResource, "props">): Truth {
  // A text in the provider's 7.x, a list before.
  const types = list(at(props, "endpointConfiguration", "types"));
  return and(
    is(types, (known) => (known as unknown[]).length > 0),
    every(types, (type) => is(type, (known) => known === "PRIVATE")),
  );
}

/** Whether something that names its API by `restApi` belongs to a private one. What is not known is not private. */
export function isOfPrivateApi(graph: PolicyGraph, resource: StackResource): Truth {
  const { to, sure } = link(graph, resource, "restApi", TYPES.restApi);
  const [api, ...more] = to;
  if (!api) return false;
  return sure && more.length === 0 ? isPrivateApi(api) : UNKNOWN;
}
