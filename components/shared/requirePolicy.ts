import * as pulumi from "@pulumi/pulumi";
import { validatePolicy } from "../../contract/config/validate/policy";
import type { PolicyConfig } from "../../contract/config/keys/policy";

/**
 * Validates the `policy` arg of a component before the component creates a resource from it.
 *
 * @throws RunError naming the component and each key
 */
export function requirePolicy(name: string, policy: PolicyConfig): void {
  const errors = [...validatePolicy(policy)];
  if (errors.length > 0) throw new pulumi.RunError(`\`policy\` of ${name}: ${errors.join(" ")}`);
}
