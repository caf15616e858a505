import { FOR_USER } from "../../aws/agentRights";
import { IDENTITY_POLICIES, PREVIEW_SOURCES, statementForms, type FollowSettings } from "../../aws/iamDocuments";
import { allows, allowsSome, isAbout, type Statement } from "../../aws/iamPolicy";
import { defineRule, judge } from "../../model/rule";
import { and, is, not, or, some, type Truth } from "../../model/value";

interface Settings extends FollowSettings {
  readonly userIdFromCaller: boolean;
}

export const invokeForUser = defineRule<Settings>({
  id: "fd-iam-invoke-for-user",
  description: "Nobody may call an agent, or get a token, in the name of a user whose id the caller chooses.",
  rationale:
    "AgentCore does not verify the user id that InvokeAgentRuntimeForUser and GetWorkloadAccessTokenForUserId are given: whoever may call them can be any user, and use the tokens that the user gave the agent (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-security-best-practices.html).",
  severity: "high",
  frameworks: { catalogue: ["FD43"] },
  remediationSteps:
    "Take bedrock-agentcore:InvokeAgentRuntimeForUser, its WebSocket variant and GetWorkloadAccessTokenForUserId out of the policy, wildcards that reach them as well, or deny them in the same document on all resources. Where the function derives the user id from the authenticated caller, set userIdFromCaller in the pack's config.",
  settings: {
    userIdFromCaller: {
      type: "boolean",
      default: false,
      description: "Whether the function takes the user id from the authenticated caller, and never from the request.",
    },
    previewSources: PREVIEW_SOURCES,
  },
  ...statementForms<Settings>(
    IDENTITY_POLICIES,
    (statement, { resource, prefix, statements }, { userIdFromCaller }) => {
      const safe = FOR_USER.map((action) =>
        or(
          not(allowsSome(statement, [action])),
          some(statements, (each) => denies(each as Statement, action)),
        ),
      );
      return judge(resource, or(userIdFromCaller, and(...safe)), {
        finding: `${prefix}${statement.path}.ForUser`,
        seen: `\`${prefix}${statement.path}\` reaches ${FOR_USER.filter((_, index) => safe[index] !== true).join(", ")}`,
        wanted: "none of these actions, or a Deny of them in the same document",
      });
    },
  ),
});

/** Only a Deny without a condition, on everything, holds for what the other statement allows. */
function denies(statement: Statement, action: string): Truth {
  const { resources = [], condition } = statement;
  return and(
    not(allows(statement)),
    isAbout(statement, action),
    some(resources, (each) => is(each, (known) => known === "*")),
    is(condition, (known) => known === undefined),
  );
}
