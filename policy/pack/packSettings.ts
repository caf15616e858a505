import type { ManagedElsewhere } from "../model/graph";
import { PREVIEW_SOURCES } from "../aws/iamDocuments";
import type { SettingSchema } from "../model/rule";
import type { ScopeSetting } from "../reach/scope";
import { REASON_LENGTH } from "./waivers";

/** What holds for the pack as a whole. */
export interface PackSettings {
  readonly scope: ScopeSetting;
  readonly expectDoors: readonly string[];
  readonly accounts: readonly string[];
  readonly managedElsewhere: Partial<ManagedElsewhere>;
  readonly previewSources: readonly string[];
  readonly strict: boolean;
  readonly productionStacks: readonly string[];
  readonly waivers: readonly unknown[];
}

/** Settings of the policy `fd-pack`. */
export const PACK_SETTINGS: { readonly [K in keyof PackSettings]: SettingSchema } = {
  scope: {
    type: "string",
    enum: ["doors", "all"],
    default: "doors",
    description:
      "Which resources the rules judge: `doors`, those that are part of a door or an agent, lead to one or can change one; `all`, every one.",
  },
  expectDoors: {
    type: "array",
    items: { type: "string", minLength: 1 },
    default: [],
    description:
      "Names or URNs of the functions, agents and gateways that the pack has to find as doors in this stack: one that it does not find is a finding.",
  },
  accounts: {
    type: "array",
    items: { type: "string", pattern: "^[0-9]{12}$" },
    default: [],
    description:
      "Accounts that may be named beside the stack's own, which the ARNs of its resources show. Any other is a finding.",
  },
  managedElsewhere: {
    type: "object",
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(
        ["webAcls", "logging", "alarms"].map((name) => [
          name,
          { type: "array", items: { type: "string", pattern: "^arn:" } },
        ]),
      ),
      accounts: { type: "array", items: { type: "string", pattern: "^[0-9]{12}$" } },
    },
    default: {},
    description:
      "What another team looks after, by exact ARNs: `webAcls`, the web ACLs of stages and distributions; `logging`, the ACLs whose logs it keeps; `alarms`, the topics or alarms that it has; or by `accounts`, of which every web ACL, log destination and alarm is its.",
  },
  previewSources: {
    ...PREVIEW_SOURCES,
    description: `${PREVIEW_SOURCES.description} It holds for every rule with a setting of this name that is not set.`,
  },
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
