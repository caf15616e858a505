import { parseRuntimeResource } from "../../aws/agentRights";
import { mayWait, PREVIEW_SOURCES, statementForms, type FollowSettings } from "../../aws/iamDocuments";
import { allows, isBoundBy } from "../../aws/iamPolicy";
import { judgeOthers, namesSome } from "../../aws/iamPrincipals";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judgeProperty, type Finding } from "../../model/rule";
import { not, or, UNKNOWN, type Truth } from "../../model/value";

/** Keys that say who calls, or through what. */
const CALLER_KEYS = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIp",
  "aws:SourceVpc",
  "aws:SourceVpce",
];

const statements = statementForms<FollowSettings>([TYPES.agentResourcePolicy], (statement, { resource }) => {
  const { path, principals, condition } = statement;
  const anybody = namesSome(statement, (principal) => principal.includes("*"));
  return [
    ...judgeProperty(
      resource,
      `${path}.Principal`,
      principals,
      or(not(allows(statement)), not(anybody), isBoundBy(condition, CALLER_KEYS)),
      "principals by their ARNs, or a condition on who calls",
    ),
    ...judgeOthers(resource, statement),
  ];
});

export const resourcePolicy = defineRule<FollowSettings>({
  id: "fd-agentcore-resource-policy",
  description: "The policy of a runtime lets nobody in by a bare `*`, and its runtime and endpoint both have one.",
  rationale:
    "A policy that allows `*` without a condition opens the agent to every account, past the front door. AgentCore evaluates the policy of the runtime and that of the endpoint, each for its exact ARN (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html).",
  severity: "high",
  frameworks: { catalogue: ["FD45"] },
  remediationSteps:
    "Name the front door's roles under Principal.AWS; where bearer tokens leave no principal, add the condition StringEquals aws:SourceVpc. Make one AgentcoreResourcePolicy for the runtime's ARN and one for each endpoint that is called.",
  settings: { previewSources: PREVIEW_SOURCES },
  resource: statements.resource,
  stack: {
    types: statements.stack.types,
    check: (graph, settings) => [...statements.stack.check(graph, settings), ...uncovered(graph, settings)],
  },
});

/** What one policy is for: its runtime, and whether it is for an endpoint. */
interface Lock {
  readonly policy: StackResource;
  readonly key: string | undefined;
  readonly endpoint: Truth;
}

/** Policies without their counterpart: a runtime's without one of an endpoint, or the other way round. */
function uncovered(graph: PolicyGraph, settings: FollowSettings): readonly Finding[] {
  const locks = graph.all(TYPES.agentResourcePolicy).flatMap((policy) => lockOf(graph, policy));
  const strays = locks.filter(({ key }) => key === undefined);
  const byRuntime = new Map<string, Lock[]>();
  for (const lock of locks)
    if (lock.key !== undefined) byRuntime.set(lock.key, [...(byRuntime.get(lock.key) ?? []), lock]);
  return locks.flatMap(({ policy, key, endpoint }) => {
    const others = key === undefined ? [] : (byRuntime.get(key) ?? []).filter((other) => other.policy !== policy);
    const pending = [endpoint, ...others.map((other) => other.endpoint)].includes(UNKNOWN);
    // Two ARNs of one runtime that is not there yet: the update tells which they are.
    if (pending && others.length > 0 && mayWait(graph, resourceArnOf(policy), settings)) return [];
    const paired = or(
      ...others.map((other) => (pending ? UNKNOWN : other.endpoint !== endpoint)),
      strays.length > 0 ? UNKNOWN : false,
    );
    return judgeProperty(
      policy,
      "resourceArn",
      policy.props["resourceArn"],
      paired,
      "one policy for the runtime and one for its endpoint",
    );
  });
}

function lockOf(graph: PolicyGraph, policy: StackResource): readonly Lock[] {
  const arn = policy.props["resourceArn"];
  const { to, sure } = link(graph, policy, "resourceArn", TYPES.agentRuntime);
  const [runtime] = to;
  if (arn === UNKNOWN) return [{ policy, key: sure ? runtime?.urn : undefined, endpoint: UNKNOWN }];
  const parsed = parseRuntimeResource(arn);
  return parsed ? [{ policy, key: runtime?.urn ?? parsed.runtime, endpoint: parsed.endpoint }] : [];
}

const resourceArnOf = (resource: StackResource) => ({ resource, property: "resourceArn" });
