import { IDENTITY_POLICIES, PREVIEW_SOURCES, statementForms, type FollowSettings } from "../../aws/iamDocuments";
import { allows, within } from "../../aws/iamPolicy";
import { NETWORK_ACTIONS, TRACE_ACTIONS } from "../../aws/functionRights";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, not, some, type Truth } from "../../model/value";

interface Settings extends FollowSettings {
  readonly anyResource: readonly string[];
}

/** `*`, `s3:*`, `*:Get`, `s?:Get`: a whole service, or services that the text does not name. */
const SERVICE_WILDCARD = /^[^:]*[*?][^:]*(?::|$)|:[*?]*\*[*?]*$/;

/** `*`, or everything of a service in every account: `arn:aws:s3:::*`. */
const ALL_RESOURCES = /^[*?]*\*[*?]*$|^arn:[^:]*:[^:]*:\**:\**:\*+$/;

export const admin = defineRule<Settings>({
  id: "fd-iam-admin",
  description: "No policy allows all actions of a service, all actions but some, or an action on all resources.",
  rationale:
    "Rights that nobody named are rights that nobody reviewed, and new actions of a service join them by themselves (https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21). Only actions that know no resource, as X-Ray's Put*, need `*`.",
  severity: "critical",
  frameworks: {
    securityHub: ["IAM.1", "IAM.21"],
    cdkNag: ["AwsSolutions-IAM5"],
    checkov: [
      "CKV_AWS_62",
      "CKV_AWS_63",
      "CKV_AWS_286",
      "CKV_AWS_287",
      "CKV_AWS_288",
      "CKV_AWS_289",
      "CKV_AWS_290",
      "CKV_AWS_355",
    ],
    cfnGuard: [
      "IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS",
      "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
      "IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE",
    ],
  },
  remediationSteps:
    "Name the actions one by one under Action, and the resources by their ARNs under Resource. Use no NotAction and no NotResource in an Allow statement. Add actions that take no resource to the setting anyResource.",
  settings: {
    anyResource: {
      type: "array",
      items: { type: "string" },
      default: [...TRACE_ACTIONS, ...NETWORK_ACTIONS],
      description: "Actions that may be allowed on all resources, as patterns: those that AWS lets name no resource.",
    },
    previewSources: PREVIEW_SOURCES,
  },
  ...statementForms<Settings>(IDENTITY_POLICIES, (statement, { resource, prefix }, { anyResource }) => {
    const { path, actions, notActions, resources, notResources } = statement;
    const judged = (element: string, value: unknown, wrong: Truth, wanted: string) =>
      judgeProperty(resource, `${prefix}${path}.${element}`, value, not(and(allows(statement), wrong)), wanted);
    const any = (values: typeof actions, pattern: RegExp) =>
      some(values ?? [], (each) => is(each, (known) => pattern.test(String(known))));
    const given = (value: unknown) => is(value, (known) => known !== undefined);
    return [
      ...judged("Action", actions, any(actions, SERVICE_WILDCARD), "actions by their names"),
      ...judged("NotAction", notActions, given(notActions), "actions by their names, under `Action`"),
      ...judged(
        "Resource",
        resources,
        and(given(actions), any(resources, ALL_RESOURCES), not(within(actions, anyResource))),
        "resources by their ARNs",
      ),
      ...judged("NotResource", notResources, given(notResources), "resources by their ARNs, under `Resource`"),
    ];
  }),
});
