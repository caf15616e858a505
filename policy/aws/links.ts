import type { PolicyGraph, StackResource } from "../model/graph";
import { hasUnknown } from "../model/value";
import { canonicalName, namesOf } from "./identity";
import { TYPES } from "./types";

/** The resources that a property names. */
export interface Link {
  readonly to: readonly StackResource[];
  /**
   * Whether that is certain. Without certainty: `to` are candidates of which one or more may be meant, or, where it is
   * empty, any resource of the type whose own name is not known.
   */
  readonly sure: boolean;
}

/**
 * The resources of a type that a property names: by its value where that is known, else by the outputs that flowed into it.
 * ARNs and ids are unknown in preview; where they came from is not.
 *
 * @param value a value inside the property, where the property is a list or a map: dependencies are known per top-level
 * property only
 */
export function link(
  graph: PolicyGraph,
  from: StackResource,
  property: string,
  type: string,
  value: unknown = from.props[property],
): Link {
  const sources = graph.sources(from, property, type);
  if (value === undefined) return { to: [], sure: true };
  if (hasUnknown(value)) return { to: sources, sure: sources.length === 1 };
  const names = canonicalName(type, value);
  if (names.length === 0) return { to: [], sure: true };
  const named = names.flatMap((name) => byName(graph, type).get(name) ?? []);
  if (named.length > 0) return { to: [...new Set(named)], sure: true };
  // What has no known name of its own, as before it is created, cannot be told from what the value names.
  const unnamed = nameless(graph, type);
  const candidates = sources.filter((source) => unnamed.has(source));
  return { to: candidates, sure: candidates.length === 1 || unnamed.size === 0 };
}

function byName(graph: PolicyGraph, type: string): ReadonlyMap<string, readonly StackResource[]> {
  return graph.once(`byName ${type}`, () => {
    const index = new Map<string, StackResource[]>();
    for (const resource of graph.all(type))
      for (const name of namesOf(type, resource.props)) index.set(name, [...(index.get(name) ?? []), resource]);
    return index;
  });
}

function nameless(graph: PolicyGraph, type: string): ReadonlySet<StackResource> {
  return graph.once(
    `nameless ${type}`,
    () => new Set(graph.all(type).filter(({ props }) => namesOf(type, props).length === 0)),
  );
}

/** One resource that names another, and whether that is certain. */
export interface BackLink {
  readonly from: StackResource;
  readonly sure: boolean;
}

/** The resources of a type one of whose properties names this one: `link` the other way round. */
export function linkedFrom(
  graph: PolicyGraph,
  target: StackResource,
  type: string,
  property: string,
): readonly BackLink[] {
  const index = graph.once(`linkedFrom ${type} ${property} ${target.type}`, () => {
    const back = new Map<string, BackLink[]>();
    for (const from of graph.all(type)) {
      const { to, sure } = link(graph, from, property, target.type);
      for (const { urn } of to) back.set(urn, [...(back.get(urn) ?? []), { from, sure }]);
    }
    return back;
  });
  return index.get(target.urn) ?? [];
}

/** Resources of a type whose property may name any resource of the target's type: no rule may take them for unrelated. */
export function strays(
  graph: PolicyGraph,
  type: string,
  property: string,
  targetType: string,
): readonly StackResource[] {
  return graph.once(`strays ${type} ${property} ${targetType}`, () =>
    graph.all(type).filter((from) => {
      const { to, sure } = link(graph, from, property, targetType);
      return !sure && to.length === 0;
    }),
  );
}

/** The functions that a property names, directly or through an alias. */
export function functionsOf(
  graph: PolicyGraph,
  from: StackResource,
  property: string,
  value: unknown = from.props[property],
): Link {
  const direct = link(graph, from, property, TYPES.function, value);
  if (direct.to.length > 0) return direct;
  const aliases = link(graph, from, property, TYPES.alias, value);
  if (aliases.to.length === 0) return direct;
  const through = aliases.to.map((alias) => link(graph, alias, "functionName", TYPES.function));
  return {
    to: [...new Set(through.flatMap(({ to }) => to))],
    sure: aliases.sure && through.every(({ sure }) => sure),
  };
}
