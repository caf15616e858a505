import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, is, list, not, or, same, UNKNOWN, type Truth } from "../model/value";
import { apiOf, apisOf, partsOf } from "./apis";
import { TYPES } from "./types";

/** A usage plan, and whether it opens the stage in question. */
interface StagePlan {
  readonly plan: StackResource;
  readonly opens: Truth;
}

/** The usage plans that open a stage, or may. */
export function plansOf(graph: PolicyGraph, stage: StackResource): readonly StagePlan[] {
  const { byStage, strays } = graph.once("usage plans", () => plans(graph));
  return [...(byStage.get(stage.urn) ?? []), ...strays];
}

/** Whether a test holds for every usage plan of a stage, there is one, and no request gets in without a plan's key. */
export function plansHold(graph: PolicyGraph, stage: StackResource, test: (plan: StackResource) => Truth): Truth {
  const api = apiOf(graph, stage);
  if (api === undefined) return UNKNOWN;
  const own = plansOf(graph, stage);
  return and(
    or(...own.map(({ opens }) => opens)),
    ...own.map(({ plan, opens }) => or(not(opens), test(plan))),
    needsKeys(graph, api),
  );
}

function plans(graph: PolicyGraph) {
  const byStage = new Map<string, StagePlan[]>();
  const strays: StagePlan[] = [];
  for (const plan of graph.all(TYPES.usagePlan)) {
    const { stages, open } = stagesOf(graph, plan);
    for (const [urn, opens] of stages) byStage.set(urn, [...(byStage.get(urn) ?? []), { plan, opens }]);
    if (open) strays.push({ plan, opens: UNKNOWN });
  }
  return { byStage, strays };
}

/** The stages of a plan by URN, and whether it may open any other too. */
function stagesOf(graph: PolicyGraph, plan: StackResource) {
  // A stage whose name flowed into the plan is one of its stages.
  const stages = new Map<string, Truth>(graph.sources(plan, "apiStages", TYPES.stage).map(({ urn }) => [urn, true]));
  const followed = stages.size;
  const entries = list(plan.props["apiStages"]);
  if (entries === UNKNOWN) return { stages, open: true };
  let loose = 0;
  for (const entry of entries) {
    const { names, sure } = apisOf(graph, plan, "apiStages", at(entry, "apiId"));
    if (names.length === 0 && !sure) loose++;
    for (const name of names)
      for (const { part, belongs } of partsOf(graph, name, TYPES.stage)) {
        const opens = and(belongs, same(at(entry, "stage"), part.props["stageName"]), sure || UNKNOWN);
        if (opens !== false && stages.get(part.urn) !== true) stages.set(part.urn, opens);
      }
  }
  // Sources are known for all entries together: with more that are not known than stages, one comes from elsewhere.
  return { stages, open: loose > followed };
}

/** Whether every method but preflights asks for a key. An OpenAPI body may hold methods that nobody sees here. */
function needsKeys(graph: PolicyGraph, api: string): Truth {
  const body = at(graph.get(api)?.props, "body");
  const methods = partsOf(graph, api, TYPES.method);
  if (body !== undefined || methods.length === 0) return UNKNOWN;
  return and(
    ...methods.map(({ part: { props }, belongs }) =>
      or(
        is(props["httpMethod"], (method) => method === "OPTIONS"),
        is(props["apiKeyRequired"], (required) => required === true),
        belongs === UNKNOWN ? UNKNOWN : false,
      ),
    ),
  );
}
