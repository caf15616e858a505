import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, is, list, not, or, UNKNOWN, type Truth } from "../model/value";
import { apiOf, membersOf } from "./apiMembers";
import { TYPES } from "./types";

/** A plan that names an API, and the name of the stage that it opens. */
interface Entry {
  readonly plan: StackResource;
  readonly stage: unknown;
}

/** A plan, and whether it names the stage. */
type Named = readonly [plan: StackResource, names: Truth];

/** Whether a test holds for every usage plan of a stage, there is one, and no request gets in without a plan's key. */
export function plansHold(graph: PolicyGraph, stage: StackResource, test: (plan: StackResource) => Truth): Truth {
  const api = apiOf(graph, stage);
  if (api === undefined) return UNKNOWN;
  const index = graph.once("usage plans", () => entriesByApi(graph));
  const named = [
    ...(index.get(api) ?? []).map(({ plan, stage: name }): Named => [plan, isNamed(graph, plan, name, stage)]),
    ...(index.get(undefined) ?? []).map(({ plan }): Named => [plan, UNKNOWN]),
  ];
  return and(
    or(...named.map(([, names]) => names)),
    ...named.map(([plan, names]) => or(not(names), test(plan))),
    needsKeys(graph, api),
  );
}

function entriesByApi(graph: PolicyGraph): ReadonlyMap<string | undefined, readonly Entry[]> {
  const byApi = new Map<string | undefined, Entry[]>();
  const add = (api: string | undefined, entry: Entry) => {
    const same = byApi.get(api);
    if (same) same.push(entry);
    else byApi.set(api, [entry]);
  };
  for (const plan of graph.all(TYPES.usagePlan)) {
    const stages = list(plan.props["apiStages"]);
    if (stages === UNKNOWN) add(undefined, { plan, stage: UNKNOWN });
    else
      for (const each of stages)
        add(apiOf(graph, plan, "apiStages", at(each, "apiId")), { plan, stage: at(each, "stage") });
  }
  return byApi;
}

function isNamed(graph: PolicyGraph, plan: StackResource, name: unknown, stage: StackResource): Truth {
  const own = stage.props["stageName"];
  if (typeof name === "string" && typeof own === "string") return name === own;
  const [source, ...more] = graph.sources(plan, "apiStages", TYPES.stage);
  return source === stage && more.length === 0 ? true : UNKNOWN;
}

/** Whether every method but preflights asks for a key. An OpenAPI body may hold methods that nobody sees here. */
function needsKeys(graph: PolicyGraph, api: string): Truth {
  const body = at(graph.get(api)?.props, "body");
  const methods = membersOf(graph, api, TYPES.method);
  if (body !== undefined || methods.length === 0) return UNKNOWN;
  return and(
    ...methods.map(({ resource: { props }, sure }) =>
      or(
        is(props["httpMethod"], (method) => method === "OPTIONS"),
        is(props["apiKeyRequired"], (required) => required === true),
        sure === UNKNOWN ? UNKNOWN : false,
      ),
    ),
  );
}
