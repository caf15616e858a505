import { distance } from "fastest-levenshtein";

/** The namespaces of the engine and of the packages that this program uses, whatever the project is called. */
const PACKAGES = ["aws", "aws-native", "awsx", "pulumi"];

/** Keys of this project that providers have as well, such as `auth0:domain`: their name alone says nothing. */
const COMMON_KEYS = ["domain", "jwt", "tracing"];

/** The fewest letters of a name within another one that count as a part: `front-door` of `agentcore-front-door`, not `auth` of `auth0`. */
const PART_LENGTH = 8;

/**
 * What is wrong with a key of another namespace that is meant for this project. The engine hands such a key to no program and does not say so:
 * the stack would be deployed without it. A key of another package is left alone.
 *
 * @param full the key with its namespace, `namespace:key`
 * @param keys names of the project's keys
 * @returns undefined for the project's own keys and for those of others
 */
export function strayKey(full: string, project: string, keys: readonly string[]): string | undefined {
  const colon = full.indexOf(":");
  const [namespace, key] = [full.slice(0, colon), full.slice(colon + 1)];
  if (colon < 0 || namespace === project) return undefined;
  const isPackage = PACKAGES.includes(namespace);
  const isOurs = keys.includes(key) && (!COMMON_KEYS.includes(key) || (!isPackage && isPart(namespace, project)));
  if (!isOurs && (isPackage || !isSlip(namespace, project))) return undefined;
  return `\`${full}\` is not this project's: it is called ${project} (did you mean \`${project}:${key}\`?). Write ${project}:${key}.`;
}

/** Letters and digits: a slip is often one of case, or of a sign between words. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Whether a name is another one with a slip: an eighth of its letters, so that no short name is taken for a package's. */
function isSlip(name: string, meant: string): boolean {
  return distance(bare(name), bare(meant)) <= Math.floor(bare(meant).length / 8);
}

function isPart(name: string, whole: string): boolean {
  const [part, all] = [bare(name), bare(whole)].sort((one, other) => one.length - other.length);
  return part !== undefined && part.length >= PART_LENGTH && all?.includes(part) === true;
}
