import type { PolicyGraph, StackResource } from "../model/graph";
import { UNKNOWN, type Truth } from "../model/value";
import { canonicalName } from "./identity";
import { functionsOf, link } from "./links";
import { TYPES } from "./types";

/** Which function a resource names, and which version or alias of it. */
export interface Target {
  /** URN of a function in this stack, or the name of one elsewhere; `UNKNOWN` where it may be either. */
  readonly fn: string | typeof UNKNOWN;
  /** Its name as written: what is written alike is the same function, whichever that is. */
  readonly written: string | undefined;
  /** Nothing for `$LATEST`. With a `?` in front it says where an unknown qualifier comes from, not what it is. */
  readonly qualifier: string | typeof UNKNOWN;
}

/** A resource and the function that it names. */
export interface Aimed {
  readonly from: StackResource;
  readonly target: Target;
}

export function targetOf(graph: PolicyGraph, from: StackResource, property: string): Target {
  const { to, sure } = functionsOf(graph, from, property);
  const [written] = canonicalName(TYPES.function, from.props[property]);
  const fn = sure && to.length < 2 ? (to[0]?.urn ?? written) : UNKNOWN;
  return { fn: fn ?? UNKNOWN, written, qualifier: qualifierOf(graph, from, property) };
}

/** A qualifier stands in a property of its own, behind the function's name, or is the alias whose ARN names the function. */
function qualifierOf(graph: PolicyGraph, from: StackResource, property: string): Target["qualifier"] {
  const named = from.props["qualifier"];
  if (typeof named === "string") return named === "$LATEST" ? "" : named;
  const fn = from.props[property];
  if (named === undefined && typeof fn === "string")
    return /^(?:(?:.*:)?function:)?[\w-]+:([\w$-]+)$/.exec(fn)?.[1]?.replace("$LATEST", "") ?? "";
  const source = named === undefined ? property : "qualifier";
  const [alias, ...more] = link(graph, from, source, TYPES.alias).to;
  if (alias && more.length === 0 && typeof alias.props["name"] === "string") return alias.props["name"];
  const sources = from.sources[source] ?? [];
  return sources.length > 0 ? `?${[...sources].sort().join()}` : UNKNOWN;
}

export function isSameFunction(one: Target, other: Target): Truth {
  if (one.written !== undefined && one.written === other.written) return true;
  return one.fn === UNKNOWN || other.fn === UNKNOWN ? UNKNOWN : one.fn === other.fn;
}

export function isSameQualifier({ qualifier: one }: Target, { qualifier: other }: Target): Truth {
  if (one === UNKNOWN || other === UNKNOWN) return UNKNOWN;
  return one === other || (one.startsWith("?") || other.startsWith("?") ? UNKNOWN : false);
}

/** Resources of a type that name the same function as a target, or may do so. */
export function aimedAlike(graph: PolicyGraph, target: Target, type: string, property: string): readonly Aimed[] {
  const { all, unsure, byFunction } = graph.once(`aimed ${type} ${property}`, () => {
    const all = graph.all(type).map((from): Aimed => ({ from, target: targetOf(graph, from, property) }));
    const byFunction = new Map<string, Aimed[]>();
    for (const each of all) {
      const { fn } = each.target;
      if (fn === UNKNOWN) continue;
      const same = byFunction.get(fn);
      if (same) same.push(each);
      else byFunction.set(fn, [each]);
    }
    return { all, unsure: all.filter((each) => each.target.fn === UNKNOWN), byFunction };
  });
  return target.fn === UNKNOWN ? all : [...(byFunction.get(target.fn) ?? []), ...unsure];
}
