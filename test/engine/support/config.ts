import { join } from "node:path";
import { ROOT } from "../../support/local/frontDoor";
/** ARN of a runtime of the account that the stacks are in. */
export function runtime(name: string, partition = "aws", region = "us-east-1"): string {
  return `arn:${partition}:bedrock-agentcore:${region}:123456789012:runtime/${name}-a1b2c3d4e5`;
}

/** ARN of a runtime's endpoint. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html */
export function endpoint(runtimeArn: string, name = "DEFAULT"): string {
  return `${runtimeArn}/runtime-endpoint/${name}`;
}

/** The smallest stacks. */
export const URL_ONLY = { doors: ["streamingUrl"] } as const;
export const REST_ONLY = { doors: ["bufferedApi"], agentRuntimeArn: runtime("my_agent") } as const;

/** Folder of the policy pack, for `policyPacks`. */
export const POLICY_PACK = join(ROOT, "policy");
