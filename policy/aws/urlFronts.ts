import type { PolicyGraph, StackResource } from "../model/graph";
import { UNKNOWN, type Truth } from "../model/value";
import { hostOf, originsOf } from "./distribution";
import { link } from "./links";
import { TYPES } from "./types";

/** A distribution that sends to a Function URL, and the origin by which it does. */
export interface Front {
  readonly distribution: StackResource;
  readonly origin: unknown;
  /** `UNKNOWN` where it may be another URL's. */
  readonly sends: Truth;
}

/** The distributions in front of a Function URL, and such as may be. */
export function frontsOf(graph: PolicyGraph, url: StackResource): readonly Front[] {
  const { byUrl, unsure } = graph.once("URLs behind distributions", () => fronts(graph));
  return [...(byUrl.get(url.urn) ?? []), ...unsure];
}

function fronts(graph: PolicyGraph) {
  const byUrl = new Map<string, Front[]>();
  const unsure: Front[] = [];
  for (const distribution of graph.all(TYPES.distribution)) {
    for (const part of originsOf(distribution)) {
      const host = hostOf(part);
      const origin = part.value;
      const { to, sure } = link(graph, distribution, "origins", TYPES.functionUrl, host);
      // Every URL whose output flowed into the origins is behind one of them.
      const sends = sure || host === UNKNOWN || UNKNOWN;
      for (const { urn } of to) byUrl.set(urn, [...(byUrl.get(urn) ?? []), { distribution, origin, sends }]);
      // An unknown host that comes from resources of other kinds is none of this stack's URLs.
      const elsewhere = host === UNKNOWN && (distribution.sources["origins"] ?? []).length > 0;
      if (to.length === 0 && !sure && !elsewhere) unsure.push({ distribution, origin, sends: UNKNOWN });
    }
  }
  return { byUrl, unsure };
}
