import { parseRuntimeResource, RUNTIME_ACTIONS } from "../../aws/agentRights";
import {
  IDENTITY_POLICIES,
  PREVIEW_SOURCES,
  statementForms,
  type FollowSettings,
  type PolicyDocument,
} from "../../aws/iamDocuments";
import { allowsSome, type Statement } from "../../aws/iamPolicy";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, every, is, not, or, some, UNKNOWN, type Truth } from "../../model/value";

/** Resources of other services: an action of AgentCore on them says nothing. */
const OF_OTHERS = /^arn:[^:]*:(?!bedrock-agentcore:)[\w-]+:/;

export const agentResources = defineRule<FollowSettings>({
  id: "fd-iam-agent-resources",
  description: "A policy that lets somebody call an agent names the runtime and its endpoints, each by its exact ARN.",
  rationale:
    "IAM checks the runtime and the endpoint on every call, so a policy with one of them lets nobody in (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html). A wildcard reaches every agent of the account, and `agent-runtime/`, common in public code, is no kind of resource: it matches nothing.",
  severity: "critical",
  frameworks: { catalogue: ["FD42"] },
  remediationSteps:
    "Name the runtime's ARN (arn:aws:bedrock-agentcore:<region>:<account>:runtime/<id>) and, in the same document, that ARN followed by /runtime-endpoint/* or by /runtime-endpoint/<name>. Use no other wildcard, and no NotResource.",
  settings: { previewSources: PREVIEW_SOURCES },
  ...statementForms<FollowSettings>(IDENTITY_POLICIES, (statement, document) => {
    const { path, resources, notResources } = statement;
    const { resource, prefix } = document;
    const elsewhere = not(allowsSome(statement, RUNTIME_ACTIONS));
    const judged = (element: string, value: unknown, right: Truth) =>
      judgeProperty(
        resource,
        `${prefix}${path}.${element}`,
        value,
        or(elsewhere, right),
        "the exact ARN of a runtime, and of its runtime-endpoint",
      );
    const exact = every(resources ?? [], (each) =>
      is(each, (known) => parseRuntimeResource(known) !== undefined || OF_OTHERS.test(String(known))),
    );
    return [
      ...judged("Resource", resources, exact),
      ...judged(
        "NotResource",
        notResources,
        is(notResources, (known) => known === undefined),
      ),
      ...(exact === true && resources !== undefined ? unpaired(statement, document, elsewhere) : []),
    ];
  }),
});

/** What lacks its other half: a runtime without an endpoint, or an endpoint without its runtime. */
function unpaired(statement: Statement, document: PolicyDocument, elsewhere: Truth): readonly Finding[] {
  const named = (statement.resources === UNKNOWN ? [] : (statement.resources ?? [])).map(parseRuntimeResource);
  const halves = new Map(named.flatMap((each) => (each ? [[`${each.runtime} ${each.endpoint}`, each] as const] : [])));
  return [...halves.values()].flatMap(({ runtime, endpoint }) => {
    const missing = endpoint ? "runtime" : "runtime-endpoint";
    const other = some(document.statements, (each) => {
      const { resources = [] } = each as Statement;
      return and(
        allowsSome(each as Statement, RUNTIME_ACTIONS),
        some(resources, (text) =>
          is(text, (known) => {
            const half = parseRuntimeResource(known);
            return half?.runtime === runtime && half.endpoint !== endpoint;
          }),
        ),
      );
    });
    return judge(document.resource, or(elsewhere, other), {
      finding: `${document.prefix}${statement.path}.Resource.${runtime.replace(/^.*\//, "")}.${missing}`,
      seen: `\`Resource\` has ${runtime}${endpoint ? "/runtime-endpoint/..." : ""} without its ${missing}`,
      wanted: "the runtime and its runtime-endpoint in one document",
    });
  });
}
