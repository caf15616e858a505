import { DEFAULTS } from "../provider/check";
import type { Cloud } from "../provider/cloud/cloud";
import { TYPES } from "../../../local/program/graph";
import type { Thing, Values } from "../provider/kind";

/** Shorter texts, such as a version's number, stand in others by chance. */
const SHORTEST = 6;

/**
 * What is in an account and what its APIs serve, a line for each object, comparable between accounts: what AWS or the provider made up
 * (ids, names, ARNs) is the logical name of its object instead. A deployment's triggers are a hash of such, so they are left out.
 */
export function contentOf(cloud: Cloud): string[] {
  const named = namesOf(cloud.everything);
  const line = (what: string, { type, urn, inputs }: Thing) =>
    `${what}${type} ${nameOf(urn)} ${named(JSON.stringify(declared(type, inputs)))}`;
  const served = cloud
    .all(TYPES.restApi)
    .flatMap(({ id, urn }) =>
      (cloud.served(id)?.parts ?? [])
        .map((part) => line(`${nameOf(urn)} serves `, part))
        .concat(named(`${nameOf(urn)} serves policy ${JSON.stringify(cloud.served(id)?.policy)}`)),
    );
  return [...cloud.everything.map((thing) => line("", thing)), ...served].sort();
}

function declared(type: string, inputs: Values): Values {
  const left = type === TYPES.deployment ? [DEFAULTS, "triggers"] : [DEFAULTS];
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([property]) => !left.includes(property))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function namesOf(things: readonly Thing[]): (text: string) => string {
  const names = things.flatMap(({ urn, id, inputs, outputs }) => {
    const isMade = (property: string) =>
      property !== "region" &&
      (inputs[property] !== outputs[property] ||
        (inputs[DEFAULTS] as readonly string[] | undefined)?.includes(property) === true);
    return [["id", id] as const, ...Object.entries(outputs).filter(([property]) => isMade(property))]
      .filter((each): each is [string, string] => typeof each[1] === "string" && each[1].length >= SHORTEST)
      .map(([property, value]) => [value, `<${nameOf(urn)}.${property}>`] as const);
  });
  // Two objects can share a text: then the first of their names stands for it, whichever came first.
  const longestFirst = [...names].sort(([a, nameA], [b, nameB]) => b.length - a.length || (nameA < nameB ? -1 : 1));
  return (text) => longestFirst.reduce((rest, [value, name]) => rest.replaceAll(value, name), text);
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
