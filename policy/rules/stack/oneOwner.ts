import { partsOf } from "../../aws/apis";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, is, not, or, UNKNOWN, type Truth } from "../../model/value";

/** Types of which one object has at most one, and the property that names the object. */
const SINGLE: readonly (readonly [type: string, property: string, what: string])[] = [
  [TYPES.agentResourcePolicy, "resourceArn", "policy of the agent"],
  [TYPES.webAclLogging, "resourceArn", "logging configuration of the web ACL"],
  [TYPES.restApiPolicy, "restApiId", "policy of the API"],
  [TYPES.webAclAssociation, "resourceArn", "web ACL of the stage"],
  [TYPES.bucketPolicy, "bucket", "policy of the bucket"],
  [TYPES.keyPolicy, "keyId", "policy of the key"],
];

export const oneOwner = defineRule({
  id: "fd-stack-one-owner",
  description: "What an object has once is declared once: a policy, a logging configuration, a web ACL.",
  rationale:
    "Two resources for one object overwrite each other in an order that nobody chose, and removing one removes what the other says is there (https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateRestApi.html).",
  severity: "high",
  frameworks: { catalogue: ["FD67"] },
  remediationSteps:
    "Put what both say into one resource, and remove the other. The policy of an API with an OpenAPI document belongs into the document, as x-amazon-apigateway-policy.",
  stack: {
    types: SINGLE.map(([type]) => type),
    check: (graph) => [
      ...SINGLE.flatMap(([type, property, what]) => twice(graph, type, property, what)),
      ...ofApis(graph),
    ],
  },
});

function twice(graph: PolicyGraph, type: string, property: string, what: string): readonly Finding[] {
  const byObject = new Map<string, StackResource[]>();
  const strays = graph
    .all(type)
    .filter(({ props, sources }) => props[property] === UNKNOWN && !sources[property]?.length);
  const unsure = graph.all(type).length < 2 ? [] : strays.flatMap((stray) => said(stray, UNKNOWN, property, what, 2));
  for (const resource of graph.all(type)) {
    const key = objectOf(resource, property);
    if (key !== undefined) byObject.set(key, [...(byObject.get(key) ?? []), resource]);
  }
  const found = [...byObject].flatMap(([key, owners]) => {
    if (owners.length < 2) return [];
    // Of texts that are not known, as ARNs of an agent and of its endpoint, the source alone does not tell.
    const same: Truth = !key.startsWith("?") || owners.every((each) => isWhole(graph, each, property)) || UNKNOWN;
    const waits = same === UNKNOWN && owners.length === 2;
    return waits ? [] : owners.flatMap((owner) => said(owner, not(same), property, what, owners.length));
  });
  return [...found, ...unsure];
}

/** What names the object: the one resource that it comes from, else its name. Of agents' ARNs the text says which endpoint is meant. */
function objectOf({ type, props, sources }: StackResource, property: string): string | undefined {
  const value = props[property];
  const [source, ...more] = sources[property] ?? [];
  const single = source !== undefined && more.length === 0 ? `?${source}` : undefined;
  if (typeof value !== "string") return value === UNKNOWN ? single : undefined;
  return type === TYPES.agentResourcePolicy ? value : (single ?? value);
}

/** Whether an output alone is the name: only of agents are there names with more behind. */
const isWhole = (graph: PolicyGraph, { type, sources }: StackResource, property: string): boolean =>
  type !== TYPES.agentResourcePolicy || graph.get(sources[property]?.[0] ?? "")?.type === TYPES.agentRuntimeEndpoint;

/** A policy of its own beside one in the API itself. */
function ofApis(graph: PolicyGraph): readonly Finding[] {
  const given = (value: unknown): Truth => is(value ?? undefined, (known) => known !== undefined && known !== "");
  return graph.all(TYPES.restApi).flatMap((api) =>
    partsOf(graph, api.urn, TYPES.restApiPolicy, "restApiId").flatMap(({ part, belongs }) => {
      const beside = and(
        belongs,
        or(given(api.props["body"]), "policy" in api.sources ? given(api.props["policy"]) : false),
      );
      return beside === UNKNOWN && belongs !== true ? [] : said(part, not(beside), "restApiId", "policy of the API", 2);
    }),
  );
}

function said(
  resource: StackResource,
  right: Truth,
  property: string,
  what: string,
  count: number,
): readonly Finding[] {
  return judge(resource, right, {
    finding: `${property}.owners`,
    seen: `it is one of ${count.toString()} resources that give the ${what}`,
    wanted: "one",
  });
}
