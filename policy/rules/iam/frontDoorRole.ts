import { RUNTIME_ACTIONS } from "../../aws/agentRights";
import { isNeeded } from "../../aws/functionRights";
import { mayWait, PREVIEW_SOURCES, type FollowSettings } from "../../aws/iamDocuments";
import { allows, allowsSome, within, type Statement } from "../../aws/iamPolicy";
import { link } from "../../aws/links";
import { rightsOf, type ForeignPolicy, type RoleDocument } from "../../aws/roleRights";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, provenFirst, type Finding } from "../../model/rule";
import { and, at, every, is, not, or, some, UNKNOWN, type Truth } from "../../model/value";

interface Settings extends FollowSettings {
  readonly actions: readonly string[];
  readonly managedPolicies: readonly string[];
}

export const frontDoorRole = defineRule<Settings>({
  id: "fd-iam-front-door-role",
  description:
    "The role of a function that may call an agent holds nothing else but its own log, traces, network, the key of its session ids and the call of its hooks.",
  rationale:
    "A function behind the internet is what an attacker reaches first: with rights to models, secrets, other roles or other functions, one fault in it gives all of them away. The network's rights are Lambda's own, and a condition keeps the function's code out of them (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html).",
  severity: "high",
  frameworks: { catalogue: ["FD44"] },
  remediationSteps:
    'Leave the role InvokeAgentRuntime and StopRuntimeSession, logs:CreateLogStream and logs:PutLogEvents on its function\'s log group, xray:Put*, kms:GenerateMac on one key by its ARN, lambda:InvokeFunction on the function that its variable HOOK_FUNCTION_ARN names, and for a VPC the network interface actions with the condition Null lambda:SourceFunctionArn "true". Move all else to a function of its own, or list it in the setting actions.',
  settings: {
    actions: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Further actions that such a role may hold, as patterns, for example secretsmanager:GetSecretValue.",
    },
    managedPolicies: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Managed policies from outside of the stack that such a role may have, by their ARNs.",
    },
    previewSources: PREVIEW_SOURCES,
  },
  stack: {
    types: [TYPES.function],
    check: (graph, settings) => {
      const functions = new Map<StackResource, StackResource[]>();
      const open: Finding[] = [];
      for (const fn of graph.all(TYPES.function)) {
        const { to, sure } = link(graph, fn, "role", TYPES.role);
        const [role] = sure ? to : [];
        if (role) functions.set(role, [...(functions.get(role) ?? []), fn]);
        else if (at(fn.props, "role") !== undefined) open.push(...roleElsewhere(fn));
      }
      // Roles share policies.
      return [
        ...open,
        ...provenFirst([...functions].flatMap(([role, users]) => findings(graph, role, users, settings))),
      ];
    },
  },
});

function roleElsewhere(fn: StackResource): readonly Finding[] {
  return judge(fn, UNKNOWN, {
    finding: "role",
    seen: "`role` is not known to be a role of this stack, so nobody can see here what it holds",
    wanted: "a role of this stack",
  });
}

function findings(
  graph: PolicyGraph,
  role: StackResource,
  users: readonly StackResource[],
  settings: Settings,
): readonly Finding[] {
  const { documents, foreign } = rightsOf(graph, role);
  const read = documents.filter((document) => document.statements !== UNKNOWN || !mayWait(graph, document, settings));
  const calls = or(
    ...read.map(({ held, statements }) =>
      and(
        held,
        some(statements, (each) => allowsSome(each as Statement, RUNTIME_ACTIONS)),
      ),
    ),
    // Whoever wrote one elsewhere may have written anything; AWS's own are judged by fd-iam-managed-policies.
    ...foreign.map(({ arn, held }) => and(held, not(is(arn, isOfAws)), UNKNOWN)),
  );
  const exempt = (held: Truth) => not(and(calls, held));
  return [
    ...read.flatMap((document) => judgeDocument(document, exempt(document.held), users, settings)),
    ...foreign.flatMap((policy) => judgeForeign(policy, exempt(policy.held), settings)),
  ];
}

function judgeDocument(
  { resource, path, prefix, statements }: RoleDocument,
  exempt: Truth,
  users: readonly StackResource[],
  settings: Settings,
): readonly Finding[] {
  const wanted = "only what the front door needs";
  if (statements === UNKNOWN) return judgeProperty(resource, path, UNKNOWN, or(exempt, UNKNOWN), wanted);
  return statements.flatMap((statement) => {
    const { actions, notActions } = statement;
    const needed = every(actions ?? [UNKNOWN], (action) =>
      or(within([action], settings.actions), isNeeded(statement, action, users)),
    );
    const narrow = actions === undefined ? is(notActions, () => false) : needed;
    const finding = `${prefix}${statement.path}.${actions === undefined ? "NotAction" : "Action"}`;
    return judgeProperty(resource, finding, actions ?? notActions, or(exempt, not(allows(statement)), narrow), wanted);
  });
}

const isOfAws = (arn: unknown) => /^arn:[^:]+:iam::aws:/.test(String(arn));

function judgeForeign(
  { resource, path, arn }: ForeignPolicy,
  exempt: Truth,
  { managedPolicies }: Settings,
): readonly Finding[] {
  // One of AWS's own is proof enough: none of them is for one log group or one agent.
  const listed = is(arn, (known) => managedPolicies.includes(String(known)));
  const narrow = or(listed, is(arn, isOfAws) === true ? false : UNKNOWN);
  return judgeProperty(resource, path, arn, or(exempt, narrow), "rights in the role's own documents");
}
