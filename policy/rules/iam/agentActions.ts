import { INVOKE, INVOKE_SIBLINGS } from "../../aws/agentRights";
import { IDENTITY_POLICIES, PREVIEW_SOURCES, statementForms, type FollowSettings } from "../../aws/iamDocuments";
import { allows, isAbout, matches, type Statement } from "../../aws/iamPolicy";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, not, or, some, type Truth } from "../../model/value";

interface Settings extends FollowSettings {
  readonly forUser: boolean;
}

export const agentActions = defineRule<Settings>({
  id: "fd-iam-agent-actions",
  description:
    "Of the actions that invoke an AgentCore runtime, a policy allows InvokeAgentRuntime, by its exact name.",
  rationale:
    "InvokeAgentRuntimeCommand and InvokeAgentRuntimeCommandShell run commands in the agent's microVM, which holds the agent's credentials, and every wildcard that reaches InvokeAgentRuntime's siblings grants them (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD41"] },
  remediationSteps:
    'Name the action: "bedrock-agentcore:InvokeAgentRuntime", and "bedrock-agentcore:StopRuntimeSession" where sessions are stopped. Use no wildcard and no NotAction for AgentCore.',
  settings: {
    forUser: {
      type: "boolean",
      default: false,
      description: "Whether policies may allow bedrock-agentcore:InvokeAgentRuntimeForUser, by its exact name.",
    },
    previewSources: PREVIEW_SOURCES,
  },
  unwaivable: true,
  // A runtime's own policy grants like a role's. A stack rule also sees what `ignoreChanges` hides from the inputs.
  ...statementForms<Settings>(
    [...IDENTITY_POLICIES, TYPES.agentResourcePolicy],
    (statement, { resource, prefix }, settings) => {
      const { path, actions, notActions } = statement;
      const exact = [INVOKE, ...(settings.forUser ? [`${INVOKE}ForUser`] : [])].map((action) => action.toLowerCase());
      const refused = (action: unknown) => is(action, (known) => reachesSibling(String(known).toLowerCase(), exact));
      const wanted = `"${INVOKE}" by its exact name, and none of ${INVOKE}'s variants`;
      const judged = (element: string, value: unknown, wrong: Truth) =>
        judgeProperty(resource, `${prefix}${path}.${element}`, value, or(not(allows(statement)), not(wrong)), wanted);
      return [
        ...judged("Action", actions, actions === undefined ? false : some(actions, refused)),
        ...judged(
          "NotAction",
          notActions,
          notActions === undefined ? false : reachesAny({ ...statement, actions: undefined }),
        ),
      ];
    },
  ),
});

function reachesSibling(pattern: string, exact: readonly string[]): boolean {
  if (exact.includes(pattern)) return false;
  // Variants that are not known today start like the others.
  return pattern.startsWith(INVOKE.toLowerCase()) || INVOKE_SIBLINGS.some((sibling) => matches(pattern, sibling));
}

function reachesAny(statement: Statement): Truth {
  return or(...INVOKE_SIBLINGS.map((sibling) => isAbout(statement, sibling)));
}
