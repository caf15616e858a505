import { closest, distance } from "fastest-levenshtein";

/** What was meant by a name that does not exist: " Did you mean X?", or nothing if no name is near. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const found = closest(name, known);
  // A slip of a letter or two, or a part of the name left out.
  const isNear = distance(name, found) <= Math.max(2, Math.floor(found.length / 3));
  return isNear ? ` Did you mean \`${found}\`?` : "";
}
