/** The policies of docs/security/policies, apart from that for previews: a stack's deployer needs `base` and those of the features in use. */
export const POLICY_NAMES = ["base", "rest", "edge", "users", "network", "operations", "sample-agent"] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** What the provider calls for a resource type. */
export interface Rights {
  /** The policy that allows it. */
  readonly policy: PolicyName;
  /** Actions that read the resource: after each change, and in `pulumi refresh`. */
  readonly read: readonly string[];
  /** Actions that create, change and delete it. */
  readonly write: readonly string[];
}

/** Actions of one service. */
export const of = (service: string, actions: string): string[] =>
  actions.split(" ").map((action) => `${service}:${action}`);

/** The rights of resource types. */
export type RightsByType = Readonly<Record<string, Rights>>;
