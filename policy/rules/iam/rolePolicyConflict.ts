import { attached } from "../../aws/roleRights";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

export const rolePolicyConflict = defineRule({
  id: "fd-iam-role-policy-conflict",
  description: "A role's policies are managed in one place: in the role, or by resources of their own.",
  rationale:
    "A role with inlinePolicies or managedPolicyArns removes every other policy at its next update, and RolePoliciesExclusive does the same to inlinePolicies: the rights that were reviewed are not the rights that are there (https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/).",
  severity: "medium",
  group: "hygiene",
  frameworks: { pulumi: ["iam-role-no-policy-management-conflicts"] },
  remediationSteps:
    "Move the policies of the role's inlinePolicies to aws.iam.RolePolicy, and its managedPolicyArns to aws.iam.RolePolicyAttachment, and take both properties out of the role.",
  stack: {
    types: [TYPES.role],
    check: (graph) =>
      graph.all(TYPES.role).flatMap((role) => [
        ...conflict(graph, role, {
          property: "inlinePolicies",
          nameIn: (each) => at(each, "name"),
          others: [
            { type: TYPES.rolePolicy, by: "role", name: "name" },
            { type: TYPES.rolePoliciesExclusive, by: "roleName" },
          ],
        }),
        ...conflict(graph, role, {
          property: "managedPolicyArns",
          nameIn: (each) => each,
          others: [
            { type: TYPES.rolePolicyAttachment, by: "role", name: "policyArn" },
            { type: TYPES.rolePolicyAttachmentsExclusive, by: "roleName" },
          ],
        }),
      ]),
  },
});

interface Management {
  readonly property: string;
  readonly nameIn: (each: unknown) => unknown;
  /** Resources that manage the same by their own `name`, or all of it where they have none. */
  readonly others: readonly { readonly type: string; readonly by: string; readonly name?: string }[];
}

interface Rival {
  readonly from: StackResource;
  readonly fights: Truth;
}

/**
 * The state of a role also lists what others have attached, once it was refreshed: then each of them is in the list. What a
 * program wrote lists only its own.
 */
function conflict(graph: PolicyGraph, role: StackResource, management: Management): readonly Finding[] {
  const { property, nameIn, others } = management;
  const own = list(role.props[property]);
  const manages = is(own, (known) => (known as unknown[]).length > 0);
  const rivals = others.flatMap(({ type, by, name }) =>
    attached(graph, role, type, by).map(({ from, held }): Rival => {
      const listed = name === undefined ? false : some(own, (each) => isSameName(nameIn(each), from.props[name]));
      return { from, fights: and(manages, held, not(listed)) };
    }),
  );
  const names = rivals.filter(({ fights }) => fights !== false).map(({ from }) => `${from.name} (${from.type})`);
  return judge(role, not(or(...rivals.map(({ fights }) => fights))), {
    finding: property,
    seen: `the role has \`${property}\`, and ${names.join(", ")} manages the same`,
    wanted: "one of them",
  });
}

function isSameName(one: unknown, other: unknown): Truth {
  return one === UNKNOWN || other === UNKNOWN ? UNKNOWN : one !== undefined && one === other;
}
