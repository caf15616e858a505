import type { BehaviourName } from "./behaviours";
import { DEFAULTS } from "./check";
import type { Kind, Values } from "./kind";
import { isUnknown, same, sameText } from "./wire";

export interface Difference {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface DiffRequest {
  readonly state: Values;
  readonly oldInputs: Values;
  readonly news: Values;
  readonly ignored: readonly string[];
  readonly behaves: (behaviour: BehaviourName) => boolean;
}

/**
 * What the provider's Diff says. The new inputs are compared with the *state*, so what AWS returns in another form differs each time; what
 * is unknown counts as changed.
 */
export function diff(kind: Kind, { state, oldInputs, news, ignored, behaves }: DiffRequest): Difference {
  const alike = behaves("meaning") ? same : sameText;
  const properties = new Set([...Object.keys(oldInputs), ...Object.keys(news)]);
  const changed = [...properties].filter(
    (property) =>
      property !== DEFAULTS &&
      !ignored.includes(property) &&
      (news[property] !== undefined || kind.stays?.includes(property) !== true || !behaves("optionalComputed")) &&
      (isUnknown(news[property]) || !alike(before(property, { state, oldInputs, news }), news[property])),
  );
  const replaces = behaves("replacingProperties") ? (kind.replaces ?? []) : [];
  const replacing = changed.filter(
    (property) => property === "region" || replaces === "all" || replaces.includes(property),
  );
  const isNamed = behaves("namedObjectsGoFirst") && isNamedByProgram(kind, news);
  return { changed, replaces: replacing, deleteBeforeReplace: replacing.length > 0 && isNamed };
}

function before(property: string, { state, oldInputs, news }: Record<"state" | "oldInputs" | "news", Values>): unknown {
  return news[property] === undefined ? oldInputs[property] : state[property];
}

/**
 * A name that the program gave is free only after the old object has gone, so that goes first, even if the name changes as well.
 * Seen: pulumi-terraform-bridge, pkg/tfbridge/schema.go, `nameRequiresDeleteBeforeReplace`.
 */
function isNamedByProgram({ named }: Kind, news: Values): boolean {
  if (!named || news[named.property] === undefined) return false;
  return (news[DEFAULTS] as readonly string[] | undefined)?.includes(named.property) !== true;
}
