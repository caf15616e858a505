import type { BehaviourName } from "./behaviours";
import { violations, type Failure } from "./constraints";
import type { Kind, Values } from "./kind";
import { schemaOf } from "./schema";
import { isUnknown } from "./wire";

export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
}

export interface CheckRequest {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly olds: Values;
  readonly news: Values;
  readonly random: (length: number) => string;
  readonly behaves: (behaviour: BehaviourName) => boolean;
}

/** The property that lists what the provider filled in; a bridged provider keeps it in the inputs. Seen: pulumi-terraform-bridge, pkg/tfbridge/schema.go, `defaultsKey`. */
export const DEFAULTS = "__defaults";

/** Letters of a random suffix. Seen: pulumi-terraform-bridge, pkg/tfbridge/info/autonaming.go, `AutoName`. */
const SUFFIX = 7;

/** What the provider's Check does: it refuses inputs that its schema does not take, and makes the name that is left out. */
export function check(kind: Kind, request: CheckRequest): Checked {
  const { type, news, behaves } = request;
  const { required } = schemaOf(type);
  const missing = required
    .filter(
      (property) => behaves("requiredInputs") && news[property] === undefined && property !== kind.named?.property,
    )
    .map((property) => ({ property, reason: `Missing required argument: "${property}".` }));
  const failures = [...missing, ...violations(type, news, behaves)];
  const { named } = kind;
  if (!named || news[named.property] !== undefined || news[`${named.property}Prefix`] !== undefined) {
    return { inputs: { ...news, [DEFAULTS]: [] }, failures };
  }
  const made = nameOf(named, request);
  return "reason" in made
    ? { inputs: news, failures: [...failures, made] }
    : { inputs: { ...news, [named.property]: made.name, [DEFAULTS]: [named.property] }, failures };
}

/** The name that the provider makes, with a random suffix, or the one that it made before. */
function nameOf(
  { property, longest, lowerCase = false }: NonNullable<Kind["named"]>,
  { name, olds, random, behaves }: CheckRequest,
): { readonly name: string } | Failure {
  const filledIn = (olds[DEFAULTS] as readonly string[] | undefined)?.includes(property) === true;
  const kept = filledIn && behaves("keptNames") && !isUnknown(olds[property]) ? olds[property] : undefined;
  if (typeof kept === "string") return { name: kept };
  const prefix = `${lowerCase ? name.toLowerCase() : name}-`;
  if (prefix.length + SUFFIX > longest && behaves("nameLengths")) {
    const reason = `name '${prefix}' plus ${String(SUFFIX)} random chars is longer than maximum length ${String(longest)}`;
    return { property, reason };
  }
  return { name: prefix + random(SUFFIX) };
}
