import { TYPES } from "../../aws/types";
import { isProduction } from "../../pack/packSettings";
import type { Resource } from "../../model/graph";
import { defineRule, judge } from "../../model/rule";
import { is, or } from "../../model/value";

interface Settings {
  readonly productionStacks: readonly string[];
}

const stackOf = ({ urn }: Resource): string => urn.split(":")[2] ?? "";

/** A log group may also be kept by AWS, or left behind when the stack goes. */
function isKept({ type, props, options }: Resource) {
  const flags = type === TYPES.logGroup ? ["deletionProtectionEnabled", "skipDestroy"] : [];
  return or(options.protect, ...flags.map((flag) => is(props[flag], (known) => known === true)));
}

export const protect = defineRule<Settings>({
  id: "fd-stack-protect",
  description: "In a production stack, web ACLs, KMS keys and log groups are protected from deletion.",
  rationale:
    "Without its web ACL a door stands open, without its key what is encrypted is lost, and without its log nobody can tell what happened (https://www.pulumi.com/docs/iac/concepts/resources/options/protect/).",
  severity: "low",
  group: "hygiene",
  frameworks: { catalogue: ["FD57"] },
  remediationSteps:
    "Give the resource the option protect: true. For a log group deletionProtectionEnabled or skipDestroy will do as well.",
  settings: {
    productionStacks: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Stacks in which the rule holds: by name, or by a part of it between hyphens, underscores or dots, for example `prod`.",
    },
  },
  resource: {
    types: [TYPES.webAcl, TYPES.key, TYPES.logGroup],
    check: (resource, { productionStacks }) =>
      judge(resource, or(!isProduction(productionStacks, stackOf(resource)), isKept(resource)), {
        finding: "protect",
        seen: "`protect` is not set",
        wanted: "true",
      }),
  },
});
