import { agreed } from "../model/agreed";
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

/** The REST APIs that a property names: by URN where they are in the stack, by id elsewhere. `sure` as in `Link`. */
export function apisOf(
  graph: PolicyGraph,
  resource: StackResource,
  property = "restApi",
  value: unknown = resource.props[property],
): { readonly names: readonly string[]; readonly sure: boolean } {
  const { to, sure } = link(graph, resource, property, TYPES.restApi, value);
  if (to.length > 0) return { names: to.map(({ urn }) => urn), sure };
  return { names: sure && typeof value === "string" ? [value] : [], sure };
}

/** The name of the one REST API that something belongs to by `restApi`; `undefined` where that is not certain. */
export function apiOf(graph: PolicyGraph, resource: StackResource): string | undefined {
  const { names, sure } = apisOf(graph, resource);
  return sure && names.length === 1 ? names[0] : undefined;
}

/** Something that names an API, and whether it surely means that one. */
export interface Part {
  readonly part: StackResource;
  readonly belongs: Truth;
}

/** All of a type that may belong to an API, given by its name: what names it, and what may name any. Without a name, all. */
export function partsOf(
  graph: PolicyGraph,
  api: string | undefined,
  type: string,
  property = "restApi",
): readonly Part[] {
  if (api === undefined) return graph.all(type).map((part): Part => ({ part, belongs: UNKNOWN }));
  const { byApi, strays } = graph.once(`parts ${type} ${property}`, () => parts(graph, type, property));
  return [...(byApi.get(api) ?? []), ...strays];
}

function parts(graph: PolicyGraph, type: string, property: string) {
  const byApi = new Map<string, Part[]>();
  const strays: Part[] = [];
  for (const part of graph.all(type)) {
    const { names, sure } = apisOf(graph, part, property);
    for (const name of names) byApi.set(name, [...(byApi.get(name) ?? []), { part, belongs: sure || UNKNOWN }]);
    if (names.length === 0 && !sure) strays.push({ part, belongs: UNKNOWN });
  }
  return { byApi, strays };
}

/** What holds for the API that something names; not known where it may name several that differ, or one of another stack. */
export function ofItsApi(graph: PolicyGraph, part: StackResource, test: (api: StackResource) => Truth): Truth {
  const { to, sure } = link(graph, part, "restApi", TYPES.restApi);
  return !sure && to.length === 1 ? UNKNOWN : agreed(to.map(test));
}

/** Whether something that names its API by `restApi` belongs to a private one. What is not known is not private. */
export function isOfPrivateApi(graph: PolicyGraph, resource: StackResource): Truth {
  const { to, sure } = link(graph, resource, "restApi", TYPES.restApi);
  const [api, ...more] = to;
  if (!api) return false;
  return sure && more.length === 0 ? isPrivateApi(api) : UNKNOWN;
}
