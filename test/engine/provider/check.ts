import type { Kind, Values } from "./kind";
import { isUnknown } from "./wire";

export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** The property that lists what the provider filled in; a bridged provider keeps it in the inputs. Seen: pulumi-terraform-bridge, pkg/tfbridge/schema.go, `defaultsKey`. */
export const DEFAULTS = "__defaults";

/** Letters of a random suffix. Seen: pulumi-terraform-bridge, pkg/tfbridge/names.go, `AutoName`; pulumi/sdk, `resource.NewUniqueHex`. */
const SUFFIX = 7;

/**
 * What the provider's Check does: it makes the name that is left out, with a random suffix, or keeps the one it made before; and it
 * refuses inputs that lack what is required.
 */
export function check(
  kind: Kind,
  { name, olds, news, random }: { name: string; olds: Values; news: Values; random: (length: number) => string },
): Checked {
  const missing = (kind.required ?? []).filter((property) => news[property] === undefined);
  const failures = missing.map((property) => ({ property, reason: `Missing required argument: "${property}".` }));
  const { named } = kind;
  if (!named || news[named.property] !== undefined || news[`${named.property}Prefix`] !== undefined) {
    return { inputs: { ...news, [DEFAULTS]: [] }, failures };
  }
  const { property, longest } = named;
  const filledIn = (olds[DEFAULTS] as readonly string[] | undefined)?.includes(property) === true;
  const kept = filledIn && !isUnknown(olds[property]) ? olds[property] : undefined;
  const prefix = `${name}-`;
  if (kept === undefined && prefix.length + SUFFIX > longest) {
    const reason = `name '${prefix}' plus ${String(SUFFIX)} random chars is longer than maximum length ${String(longest)}`;
    return { inputs: news, failures: [...failures, { property, reason }] };
  }
  return { inputs: { ...news, [property]: kept ?? prefix + random(SUFFIX), [DEFAULTS]: [property] }, failures };
}
