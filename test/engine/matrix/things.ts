import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { DEFAULTS } from "../provider/check";
import type { Thing, Values } from "../provider/kind";

export { NETWORK_TYPES } from "../provider/kinds/network";

/** Logical name. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** `apigateway.Deployment` for `aws:apigateway/deployment:Deployment`. */
export function shortType(type: string): string {
  return type.replace(/^aws:(\w+)\/\w+:(\w+)$/, "$1.$2");
}

/** The functions behind the doors: those that call agents. */
export function doorFunctions(cloud: Cloud): readonly Thing[] {
  return cloud.all(TYPES.function).filter(({ urn }) => /-(?:api|url)-fn$/.test(nameOf(urn)));
}

/** Inputs that no two moments share: a hash over ids, and versions that Lambda counts. What is served is compared elsewhere. */
const COUNTED: readonly string[] = ["triggers", "functionVersion"];

/**
 * All that is in the account, so that two moments can be compared: what AWS made up, such as ids, is named after its resource, and assets are
 * their hashes.
 */
export function inventory(cloud: Cloud): readonly string[] {
  const things = cloud.everything;
  const madeUp = things
    .flatMap((thing) =>
      madeUpBy(thing).map(([property, value]) => [value, `<${nameOf(thing.urn)} ${property}>`] as const),
    )
    .sort(([one], [other]) => other.length - one.length);
  return things
    .map(({ type, urn, inputs }) => {
      let text = JSON.stringify(inputs, (key, value: unknown) =>
        COUNTED.includes(key) ? undefined : (hashOf(value) ?? value),
      );
      for (const [value, name] of madeUp) text = text.replaceAll(value, name);
      return `${shortType(type)} ${nameOf(urn)} ${text}`;
    })
    .sort();
}

function madeUpBy({ id, inputs, outputs }: Thing): [property: string, value: string][] {
  const named = (inputs[DEFAULTS] as readonly string[] | undefined) ?? [];
  const computed = Object.entries(outputs).filter(
    ([property]) => property !== "region" && (!(property in inputs) || named.includes(property)),
  );
  return [["id", id], ...computed].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length >= 6,
  );
}

function hashOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "hash" in value ? (value as Values)["hash"] : undefined;
}
