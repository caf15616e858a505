import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, list, same, UNKNOWN, type Truth } from "../model/value";
import { link } from "./links";
import { partsOf, type Part } from "./restApi";
import { TYPES } from "./types";

/** The usage plans that may open a stage. */
export function plansOf(graph: PolicyGraph, stage: StackResource): readonly Part[] {
  const { byStage, loose } = graph.once("usage plans by stage", () => plans(graph));
  return [...(byStage.get(stage.urn) ?? []), ...loose.map((part): Part => ({ part, belongs: UNKNOWN }))];
}

function plans(graph: PolicyGraph) {
  const byStage = new Map<string, Part[]>();
  const loose: StackResource[] = [];
  for (const plan of graph.all(TYPES.usagePlan)) {
    const stages = list(plan.props["apiStages"]);
    // A stage whose name flowed into the plan is one of its stages.
    const named = new Map<string, Truth>(graph.sources(plan, "apiStages", TYPES.stage).map(({ urn }) => [urn, true]));
    for (const entry of stages === UNKNOWN ? [] : stages) {
      const apis = link(graph, plan, "apiStages", TYPES.restApi, at(entry, "apiId"));
      if (apis.to.length === 0 && !apis.sure && named.size === 0) loose.push(plan);
      for (const api of apis.to)
        for (const { part, belongs } of partsOf(graph, api, TYPES.stage)) {
          const isNamed = same(at(entry, "stage"), part.props["stageName"]);
          const opens = and(belongs, isNamed, apis.sure || UNKNOWN);
          if (opens !== false && !named.has(part.urn)) named.set(part.urn, opens);
        }
    }
    if (stages === UNKNOWN && named.size === 0) loose.push(plan);
    for (const [urn, belongs] of named) byStage.set(urn, [...(byStage.get(urn) ?? []), { part: plan, belongs }]);
  }
  return { byStage, loose: [...new Set(loose)] };
}
