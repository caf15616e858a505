import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, list, UNKNOWN } from "../../model/value";

interface Settings {
  readonly allowed: readonly string[];
}

/** Every type that attaches managed policies, and the property that names them. */
const ARNS: Readonly<Record<string, string>> = {
  [TYPES.role]: "managedPolicyArns",
  [TYPES.rolePolicyAttachment]: "policyArn",
  [TYPES.policyAttachment]: "policyArn",
  [TYPES.rolePolicyAttachmentsExclusive]: "policyArns",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
};
const TYPES_WITH_ARNS = Object.keys(ARNS);
const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

export const managedPolicies = defineRule<Settings>({
  id: "fd-iam-managed-policies",
  description: "No role, user or group has a policy of AWS's own that is not on the list of narrow ones.",
  rationale:
    "AdministratorAccess, PowerUserAccess and every ...FullAccess reach all resources of a service or of the account; BedrockAgentCoreFullAccess also grants GetWorkloadAccessTokenForUserId, tokens of any user. AWS widens its policies when it likes (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html).",
  severity: "high",
  frameworks: {
    cdkNag: ["AwsSolutions-IAM4"],
    checkov: ["CKV_AWS_274", "CKV2_AWS_56"],
    prowler: ["bedrock_full_access_policy_attached"],
  },
  remediationSteps:
    "Write the rights that the role needs into an aws.iam.RolePolicy, with actions and resources by their names, and remove the attachment. A narrow policy can be added to the setting allowed.",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: ["AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess"],
      description: "Names of AWS's own policies that roles may have.",
    },
  },
  // An ARN that is not known is followed by the stack form.
  resource: {
    types: TYPES_WITH_ARNS,
    check: (resource, settings) =>
      arnsOf(resource)
        .filter(({ arn }) => arn !== UNKNOWN)
        .flatMap(({ path, arn }) => judged(resource, path, arn, settings)),
  },
  stack: {
    types: TYPES_WITH_ARNS,
    check: (graph, settings) =>
      graph.all(...TYPES_WITH_ARNS).flatMap((resource) =>
        arnsOf(resource).flatMap(({ property, path, arn }) => {
          // A policy of the stack's own is judged by what stands in it.
          const { to, sure } = link(graph, resource, property, TYPES.policy, arn);
          return sure && to.length > 0 ? [] : judged(resource, path, arn, settings);
        }),
      ),
  },
});

function judged(resource: Resource, path: string, arn: unknown, { allowed }: Settings) {
  const narrow = is(arn, (known) => {
    const [, name] = AWS_MANAGED.exec(String(known)) ?? [];
    return name === undefined || allowed.includes(name);
  });
  return judgeProperty(resource, path, arn, narrow, `one of ${allowed.join(", ")}, or a policy of one's own`);
}

function arnsOf({ type, props }: Resource) {
  const property = ARNS[type] ?? "policyArn";
  const value = props[property];
  const arns = list(value);
  if (arns === UNKNOWN) return [{ property, path: property, arn: value }];
  return arns.map((arn, index) => ({ property, path: Array.isArray(value) ? `${property}[${index}]` : property, arn }));
}
