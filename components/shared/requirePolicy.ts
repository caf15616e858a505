import * as pulumi from "@pulumi/pulumi";
import { policyMistakes } from "../../contract/config/validate/policy";
import type { PolicyConfig } from "../../contract/config/policy";

/**
 * Checks a policy before the component that takes it makes anything of it.
 *
 * @throws RunError naming the component and each key
 */
export function requirePolicy(name: string, policy: PolicyConfig): void {
  const mistakes = [...policyMistakes(policy)];
  if (mistakes.length > 0) throw new pulumi.RunError(`\`policy\` of ${name}: ${mistakes.join(" ")}`);
}
