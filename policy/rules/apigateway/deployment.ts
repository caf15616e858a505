import { partsOf, type Part } from "../../aws/apis";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, entries, is, not, or, UNKNOWN, type Truth } from "../../model/value";

interface Missing {
  readonly kind: string;
  readonly name: string;
  readonly served: Truth;
}

/** What a deployment is a snapshot of, and the property that names the API. */
const SERVED = [
  ["Method", TYPES.method, "restApi"],
  ["Integration", TYPES.integration, "restApi"],
  ["MethodResponse", TYPES.methodResponse, "restApi"],
  ["IntegrationResponse", TYPES.integrationResponse, "restApi"],
  ["Response", TYPES.response, "restApiId"],
  ["Authorizer", TYPES.authorizer, "restApi"],
  ["RestApiPolicy", TYPES.restApiPolicy, "restApiId"],
] as const;

export const deployment = defineRule({
  id: "fd-apigateway-deployment",
  description: "A deployment comes after all that its API consists of, and is made anew when something of it changes.",
  rationale:
    "A deployment is a snapshot. One that is made before a method or without triggers leaves the stage with what was there before, and that is what callers meet, whatever the stack says now (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD24"] },
  remediationSteps:
    "Put every Method, Integration, MethodResponse, IntegrationResponse, Response, Authorizer and RestApiPolicy of the API into dependsOn of the Deployment, and set triggers to a hash of their inputs. Give the Stage the Deployment's own id.",
  stack: {
    types: [TYPES.deployment, TYPES.stage],
    check: (graph) => [
      ...graph.all(TYPES.deployment).flatMap((each) => findings(graph, each)),
      ...graph.all(TYPES.stage).flatMap((each) => served(graph, each)),
    ],
  },
});

/** A stage of this stack's API serves a deployment of this stack: what another one is a snapshot of, nobody sees here. */
function served(graph: PolicyGraph, stage: StackResource): readonly Finding[] {
  const { deployment } = stage.props;
  if (typeof deployment !== "string" || link(graph, stage, "restApi", TYPES.restApi).to.length === 0) return [];
  const { to, sure } = link(graph, stage, "deployment", TYPES.deployment);
  const follows = (stage.sources["deployment"] ?? []).length > 0;
  const named =
    to.length > 0 || follows || (sure ? false : graph.all(TYPES.deployment).length > 0 && isNew(graph, stage));
  return judgeProperty(stage, "deployment", deployment, named, "the id of a Deployment of this stack");
}

/** A literal id is none of a deployment that is not there yet. */
const isNew = (graph: PolicyGraph, { props }: StackResource): boolean =>
  graph.all(TYPES.deployment).some((each) => each.props["id"] === props["deployment"]);

function findings(graph: PolicyGraph, deployment: StackResource): readonly Finding[] {
  const earlier = reach(graph, deployment);
  const { to, sure } = link(graph, deployment, "restApi", TYPES.restApi);
  const triggers = deployment.props["triggers"];
  const missing = SERVED.flatMap(([kind, type, property]) =>
    (to.length > 0
      ? to.flatMap((api) => partsOf(graph, api.urn, type, property))
      : namesakes(graph, deployment.props["restApi"], type, property)
    )
      .filter(({ part }) => !earlier.has(part.urn))
      .map(({ part, belongs }): Missing => ({ kind, name: part.name, served: and(belongs, sure || UNKNOWN) })),
  );
  return [
    ...SERVED.flatMap(([kind]) => {
      const ofKind = missing.filter((each) => each.kind === kind);
      const served = or(...ofKind.map((each) => each.served));
      const names = ofKind
        .slice(0, 3)
        .map(({ name }) => name)
        .join(", ");
      return judge(deployment, not(served), {
        finding: `dependencies.${kind}`,
        seen: `it does not depend on ${ofKind.length.toString()} of type ${kind}: ${names}`,
        wanted: "all of the API",
      });
    }),
    ...judgeProperty(
      deployment,
      "triggers",
      triggers,
      is(entries(triggers), (known) => (known as unknown[]).length > 0),
      "a hash of what the API consists of",
    ),
  ];
}

/** All that a resource comes after: what it depends on, and what that depends on. */
function reach(graph: PolicyGraph, from: StackResource): ReadonlySet<string> {
  const seen = new Set(from.dependencies);
  for (const urn of seen) for (const next of graph.get(urn)?.dependencies ?? []) seen.add(next);
  return seen;
}

/** What names an API of another stack by the same id. */
function namesakes(graph: PolicyGraph, id: unknown, type: string, property: string): readonly Part[] {
  const byId = graph.once(`${type} by ${property}`, () => {
    const index = new Map<unknown, StackResource[]>();
    for (const part of graph.all(type)) {
      const named = part.props[property];
      index.set(named, [...(index.get(named) ?? []), part]);
    }
    return index;
  });
  const of = (value: unknown, belongs: Truth) => (byId.get(value) ?? []).map((part): Part => ({ part, belongs }));
  if (id === UNKNOWN) return graph.all(type).map((part) => ({ part, belongs: UNKNOWN }));
  return [...of(id, true), ...of(UNKNOWN, UNKNOWN)];
}
