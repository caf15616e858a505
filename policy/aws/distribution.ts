import type { Resource } from "../model/graph";
import { at, list, UNKNOWN } from "../model/value";

/** One behaviour or origin of a distribution. */
export interface Part {
  /** The distribution's own property that it stands in: dependencies are known per such property. */
  readonly property: string;
  /** Path of the part, for edits. */
  readonly keys: readonly (string | number)[];
  /** Path of the part, for findings. */
  readonly path: string;
  /** `UNKNOWN` where the part is, or where it is not known which parts there are. */
  readonly value: unknown;
}

/** The default behaviour and those of single paths. */
export function behavioursOf({ props }: Pick<Resource, "props">): readonly Part[] {
  const property = "defaultCacheBehavior";
  return [
    { property, keys: [property], path: property, value: props[property] ?? undefined },
    ...partsOf(props, "orderedCacheBehaviors"),
  ];
}

/** Origins are a set: what the provider answers has another order, so findings name them by id. */
export function originsOf({ props }: Pick<Resource, "props">): readonly Part[] {
  return partsOf(props, "origins").map((origin) => {
    const id = originIdOf(origin.value);
    return typeof id === "string" && /^[\w.:/-]+$/.test(id) ? { ...origin, path: `origins[${id}]` } : origin;
  });
}

/** Where an origin is: the name that CloudFront connects to. */
export function hostOf({ value }: Part): unknown {
  return at(value, "domainName");
}

/** Where a behaviour sends to: an origin, or the members of a group. */
export interface Targets {
  readonly to: readonly Part[];
  /** Whether it is all of them; else they are those of which one or more may be meant. */
  readonly sure: boolean;
}

export function targetsOf(distribution: Pick<Resource, "props">, { value }: Part): Targets {
  const origins = originsOf(distribution);
  const target = at(value, "targetOriginId");
  const group = partsOf(distribution.props, "originGroups").find((each) => at(each.value, "originId") === target);
  const members = group && list(at(group.value, "members"));
  const wanted = members === undefined ? [target] : members === UNKNOWN ? [UNKNOWN] : members.map(originIdOf);
  const meant = origins.filter((origin) => wanted.includes(originIdOf(origin.value)));
  const sure = meant.length === wanted.length && !wanted.includes(UNKNOWN);
  return { to: sure ? meant : origins, sure };
}

const originIdOf = (value: unknown): unknown => at(value, "originId");

function partsOf(props: Resource["props"], property: string): readonly Part[] {
  const parts = list(props[property]);
  if (parts === UNKNOWN) return [{ property, keys: [property], path: property, value: UNKNOWN }];
  return parts.map((value, index) => ({
    property,
    keys: [property, index],
    path: `${property}[${index.toString()}]`,
    value,
  }));
}
