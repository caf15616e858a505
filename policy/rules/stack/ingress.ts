import { INGRESS_TYPES, isWayIn } from "../../aws/ingress";
import { TYPES } from "../../aws/types";
import type { PolicyGraph } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { is, not, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly allowedTypes: readonly string[];
  readonly distributions: number;
}

function waysIn(graph: PolicyGraph, { allowedTypes }: Settings): readonly Finding[] {
  const refused = INGRESS_TYPES.filter((type) => !allowedTypes.includes(type));
  return graph.all(...refused).flatMap((resource) => {
    const truth = isWayIn(resource);
    return judge(resource, not(truth), {
      finding: "ingress",
      seen: truth === UNKNOWN ? "it may let requests in past the doors" : "it lets requests in past the doors",
      wanted: "no way in but REST APIs, Function URLs and their distribution",
    });
  });
}

/** Each of too many is reported: none of them is the right one by its order. */
function tooMany(graph: PolicyGraph, { distributions }: Settings): readonly Finding[] {
  const enabled = graph
    .all(TYPES.distribution)
    .map((distribution) => ({ distribution, truth: is(distribution.props["enabled"], (known) => known !== false) }))
    .filter(({ truth }) => truth !== false);
  const sure = enabled.filter(({ truth }) => truth === true).length;
  const few: Truth = enabled.length <= distributions || (sure > distributions ? false : UNKNOWN);
  return enabled.flatMap(({ distribution }) =>
    judge(distribution, few, {
      finding: "distributions",
      seen: `the stack has ${enabled.length} distributions`,
      wanted: `${distributions} at most`,
    }),
  );
}

export const ingress = defineRule<Settings>({
  id: "fd-stack-ingress",
  description: "Nothing lets requests in but REST APIs, Function URLs and one distribution.",
  rationale:
    "The rules hold the doors that they know. A load balancer, an HTTP API, a queue that invokes the function, or a template that nobody can look into would be one more door, without any of their checks.",
  severity: "high",
  frameworks: { catalogue: ["FD52"] },
  remediationSteps:
    "Move the resource to a stack of its own, or route its callers through one of the doors. If it has nothing to do with the agent, name its type in this rule's setting allowedTypes; if the stack has several agents behind distributions of their own, raise distributions.",
  settings: {
    allowedTypes: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Types of resources that may let requests in beside the doors, for example `aws:lb/listener:Listener`.",
    },
    distributions: {
      type: "integer",
      minimum: 0,
      default: 1,
      description: "How many distributions a stack may have.",
    },
  },
  stack: {
    types: [...INGRESS_TYPES, TYPES.distribution],
    check: (graph, settings) => [...waysIn(graph, settings), ...tooMany(graph, settings)],
  },
});
