import type { StackConfig } from "../../contract/config/schema";

/** What clients and operators write down: an address, an id, a name that a permission elsewhere refers to. */
export const HELD = [
  "REST API id",
  "address of a REST door",
  "Function URL",
  "CloudFront domain",
  "address of the edge",
  "target of the domain",
  "API key",
  "user pool",
  "app client",
  "sign-in domain",
  "key of session ids",
  "locked ARN",
  "sample runtime",
  "function",
  "IAM role",
  "log group",
  "VPC",
  "VPC endpoint",
] as const;
export type Held = (typeof HELD)[number];

/** What an update does that changes one config key. test/engine/matrix proves every list: no more, and no less. */
export interface Effect {
  /** What is made, changed in place or removed. */
  readonly changes: string;
  /** Resource types that are replaced: `module.Name`. A type of `gaps` is one of them. */
  readonly replaces?: readonly string[];
  /** Resource types whose old object is deleted before the new one exists. */
  readonly gaps?: readonly string[];
  /** What gets another value. */
  readonly moves?: readonly Held[];
  /** What is deleted if the key, or a part of its value, is removed. */
  readonly ends?: readonly Held[];
  /** What clients notice during the update or after it. */
  readonly interrupts?: string;
}

export type Effects<Key extends keyof StackConfig = keyof StackConfig> = Readonly<Record<Key, Effect>>;

/** Methods, integrations and what else a stage serves are in a snapshot, so a new one is made. */
export const NEW_SNAPSHOT = ["apigateway.Deployment"] as const;
