import { link } from "../aws/links";
import { TYPES } from "../aws/types";
import type { PolicyGraph, StackResource } from "../model/graph";
import { UNKNOWN, type Truth } from "../model/value";
import { entrancesOf } from "./entrances";
import { isMarked, isOfAgentCore } from "./marks";
import { isGrouping } from "./opaque";
import { refersTo } from "./references";
import { mayInvokeAgents } from "./rights";

/** An agent, or what can call one. */
export interface Door {
  readonly resource: StackResource;
  /** Why it is one, as a message says it. */
  readonly why: string;
}

const AGENTS = /^aws:bedrock\/agentcore(?:AgentRuntime|Gateway):/;
const IDENTITIES = /^aws:iam\//;

/**
 * The doors and agents of a stack: runtimes and gateways; functions and other workloads whose role or environment can call an agent;
 * and functions behind a public entrance of which nobody can tell.
 */
export function doorsOf(graph: PolicyGraph): readonly Door[] {
  return graph.once("doors", () => {
    const doors = new Map<string, Door>();
    const add = (resource: StackResource, why: string) => {
      if (!doors.has(resource.urn)) doors.set(resource.urn, { resource, why });
    };
    for (const resource of graph.resources) {
      if (isGrouping(graph, resource)) continue;
      const why = whyOf(graph, resource);
      if (why !== undefined) add(resource, why);
    }
    for (const { entrance, fn } of entrancesOf(graph)) {
      if (!fn) add(entrance, "a public entrance to what is of another stack");
      // Its role is of another stack, or a document of it cannot be read.
      else if (rightsOfFunction(graph, fn) !== false)
        add(fn, "a function with a public entrance whose rights cannot be read");
    }
    return [...doors.values()];
  });
}

function whyOf(graph: PolicyGraph, resource: StackResource): string | undefined {
  if (AGENTS.test(resource.type)) return "an agent";
  if (resource.type === TYPES.function) {
    if (isMarked(resource) || refersTo(graph, resource).some(({ type }) => isOfAgentCore(type)))
      return "a function whose environment names an agent";
    return rightsOfFunction(graph, resource) === true ? "a function whose role may call an agent" : undefined;
  }
  if (isOfAgentCore(resource.type) || IDENTITIES.test(resource.type) || isParting(resource.type)) return undefined;
  const calls = refersTo(graph, resource).some(
    (each) => each.type === TYPES.role && mayInvokeAgents(graph, each) === true,
  );
  return calls ? "a workload whose role may call an agent" : undefined;
}

/** Types that name a role to let it in, and do not act as it. */
const isParting = (type: string): boolean =>
  /^aws:(?:lambda\/permission|kms|s3|sqs|sns|secretsmanager|ecr|cloudwatch|iam|apigateway)\b/.test(type) ||
  !type.startsWith("aws:");

function rightsOfFunction(graph: PolicyGraph, fn: StackResource): Truth {
  const { to, sure } = link(graph, fn, "role", TYPES.role);
  const [role] = to;
  return role && sure ? mayInvokeAgents(graph, role) : UNKNOWN;
}
