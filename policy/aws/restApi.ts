import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, every, is, list, UNKNOWN, type Truth } from "../model/value";
import { link, linkedFrom, strays } from "./links";
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

/** Something that names another resource, and whether it surely means that one. */
export interface Part {
  readonly part: StackResource;
  readonly belongs: Truth;
}

/** All of a type that may belong to an API, or to a stage: what names it, and what may name any. */
export function partsOf(graph: PolicyGraph, whole: StackResource, type: string, property = "restApi"): readonly Part[] {
  return [
    ...linkedFrom(graph, whole, type, property).map(({ from, sure }): Part => ({
      part: from,
      belongs: sure || UNKNOWN,
    })),
    ...strays(graph, type, property, whole.type).map((part): Part => ({ part, belongs: UNKNOWN })),
  ];
}

/** What holds for the API that something names; not known where it may name several that differ, or one of another stack. */
export function ofItsApi(graph: PolicyGraph, part: StackResource, test: (api: StackResource) => Truth): Truth {
  const { to, sure } = link(graph, part, "restApi", TYPES.restApi);
  const [first, ...others] = to.map(test);
  if (first === undefined || (!sure && to.length === 1)) return UNKNOWN;
  return others.every((other) => other === first) ? first : UNKNOWN;
}

/** Whether something that names its API by `restApi` belongs to a private one. What is not known is not private. */
export function isOfPrivateApi(graph: PolicyGraph, resource: StackResource): Truth {
  const { to, sure } = link(graph, resource, "restApi", TYPES.restApi);
  const [api, ...more] = to;
  if (!api) return false;
  return sure && more.length === 0 ? isPrivateApi(api) : UNKNOWN;
}
