import type { SettingSchema } from "../model/rule";
import { REASON_LENGTH } from "./waivers";

/** What holds for the pack as a whole. */
export interface PackSettings {
  readonly strict: boolean;
  readonly productionStacks: readonly string[];
  readonly waivers: readonly unknown[];
}

/** Settings of the policy `fd-pack`. */
export const PACK_SETTINGS: { readonly [K in keyof PackSettings]: SettingSchema } = {
  strict: {
    type: "boolean",
    default: false,
    description: "What is not known before the update is mandatory too, and stops a preview.",
  },
  productionStacks: {
    type: "array",
    items: { type: "string" },
    default: ["prod", "production"],
    description:
      "Stacks in which the critical rules cannot be waived: by name, or by a part of it between hyphens, underscores or dots.",
  },
  waivers: {
    type: "array",
    // No schema for the items: what is wrong with one waiver is a finding that names it, and the others keep holding.
    default: [],
    description: `Exceptions: rule, urn, finding, reason (${REASON_LENGTH} characters or more), owner, expires (YYYY-MM-DD); all exact.`,
  },
};

/** Whether a stack is one of production. */
export function isProduction(stacks: readonly string[], stack: string): boolean {
  return stacks.includes(stack) || stack.split(/[-_.]/).some((part) => stacks.includes(part));
}
