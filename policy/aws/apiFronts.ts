import type { PolicyGraph, StackResource } from "../model/graph";
import { or, UNKNOWN, type Truth } from "../model/value";
import { partsOf } from "./apis";
import { hostOf, originsOf } from "./distribution";
import { link } from "./links";
import { TYPES } from "./types";

const DEFAULT_HOST = /^([a-z0-9]+)\.execute-api\./;

/** Whether a custom domain or a distribution of this stack leads to an API. */
export function isFronted(graph: PolicyGraph, api: StackResource): Truth {
  const { behind, open } = distributions(graph);
  return or(
    ...partsOf(graph, api.urn, TYPES.basePathMapping).map(({ belongs }) => belongs),
    ...partsOf(graph, api.urn, TYPES.apiMapping, "apiId").map(({ belongs }) => belongs),
    behind.has(api.urn),
    open ? UNKNOWN : false,
  );
}

/** APIs behind the distributions of a stack, and whether some origin may be any. */
function distributions(graph: PolicyGraph) {
  return graph.once("APIs behind distributions", () => {
    const behind = new Set<string>();
    let open = false;
    for (const distribution of graph.all(TYPES.distribution)) {
      const stages = graph.sources(distribution, "origins", TYPES.stage);
      const apis = [
        ...graph.sources(distribution, "origins", TYPES.restApi),
        ...stages.flatMap((stage) => link(graph, stage, "restApi", TYPES.restApi).to),
      ];
      const hosts = originsOf(distribution).map(hostOf);
      for (const host of hosts) {
        const [, id] = (typeof host === "string" && DEFAULT_HOST.exec(host)) || [];
        if (id === undefined) continue;
        const named = link(graph, distribution, "origins", TYPES.restApi, id);
        apis.push(...named.to);
        open ||= named.to.length === 0 && !named.sure;
      }
      for (const { urn } of apis) behind.add(urn);
      // Sources are known for all origins together: more unknown hosts than sources, and one comes from elsewhere.
      const sources = distribution.sources["origins"] ?? [];
      open ||= hosts.filter((host) => host === UNKNOWN).length > sources.length;
    }
    return { behind, open };
  });
}
