import { INGRESS_TYPES, isWayIn } from "../../aws/ingress";
import { TYPES } from "../../aws/types";
import type { PolicyGraph } from "../../model/graph";
import { defineRule, judge, provenFirst, type Finding } from "../../model/rule";
import { is, not, UNKNOWN, type Truth } from "../../model/value";
import { waysIn } from "../../reach/waysIn";

interface Settings {
  readonly allowedTypes: readonly string[];
  readonly operators: readonly string[];
  readonly distributions: number;
}

const WANTED = "no way in but REST APIs, Function URLs and their distribution";

/** What leads to a door's function or an agent, or may change one, whatever it is called. */
function leading(graph: PolicyGraph, { allowedTypes, operators }: Settings): readonly Finding[] {
  return waysIn(graph)
    .filter(
      ({ resource, text }) =>
        !allowedTypes.includes(resource.type) && !operators.some((name) => text.startsWith(`${name} `)),
    )
    .flatMap(({ resource, finding, truth, text }) =>
      judge(resource, not(truth), { finding, seen: text, wanted: WANTED }),
    );
}

/** Types that let requests in, with whatever they lead to. */
function byType(graph: PolicyGraph, { allowedTypes }: Settings): readonly Finding[] {
  const refused = INGRESS_TYPES.filter((type) => !allowedTypes.includes(type));
  return graph.all(...refused).flatMap((resource) => {
    const truth = isWayIn(resource);
    return judge(resource, not(truth), {
      finding: "ingress",
      seen: truth === UNKNOWN ? "it may let requests in past the doors" : "it lets requests in past the doors",
      wanted: WANTED,
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

const AGENTS = [TYPES.agentRuntime, TYPES.agentGateway];

export const ingress = defineRule<Settings>({
  id: "fd-stack-ingress",
  description:
    "Nothing reaches a door's function or an agent, or may change one, but REST APIs, Function URLs and one distribution.",
  rationale:
    "The rules hold the doors that they know. A load balancer, an HTTP API, a queue or a role that invokes the function, a right to rewrite it, or a template that nobody can look into would be one more door, without any of their checks. Whoever invokes a function itself also writes what its event says of the caller (https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html).",
  severity: "high",
  frameworks: { catalogue: ["FD52"] },
  remediationSteps:
    "Move the resource to a stack of its own, or route its callers through one of the doors. If it has nothing to do with the agent, name its type in this rule's setting allowedTypes; name a role that deploys the door in operators; if the stack has several agents behind distributions of their own, raise distributions.",
  settings: {
    allowedTypes: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Types of resources that may let requests in beside the doors, for example `aws:lb/listener:Listener`.",
    },
    operators: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: [],
      description:
        "Identities that may invoke or change a door's function, as messages name them, for example `role deployer`.",
    },
    distributions: {
      type: "integer",
      minimum: 0,
      default: 1,
      description: "How many distributions a stack may have.",
    },
  },
  stack: {
    types: [...INGRESS_TYPES, TYPES.distribution, TYPES.function, TYPES.functionUrl, TYPES.integration, ...AGENTS],
    check: (graph, settings) =>
      provenFirst([...byType(graph, settings), ...leading(graph, settings), ...tooMany(graph, settings)]),
  },
});
