import type { Scope } from "../reach/scope";

const count = (number: number, what: string): string => `${number.toString()} ${what}${number === 1 ? "" : "s"}`;

/** What a run has judged: "2 doors (door-fn, agent), 14 resources out of scope". */
export function scopeMessage({ doors, out }: Scope): string {
  const names = doors.map(({ resource }) => resource.name).slice(0, 8);
  const more = doors.length > names.length ? ", ..." : "";
  const listed = names.length > 0 ? ` (${names.join(", ")}${more})` : "";
  return `${count(doors.length, "door")}${listed}, ${count(out, "resource")} out of scope`;
}

/** The doors that a stack's config expects and a run has not found. A URN of another stack is that stack's affair. */
export function missedDoors(
  { doors }: Scope,
  expected: readonly string[],
  isOwn: (urn: string) => boolean,
): readonly string[] {
  return expected
    .filter((door) => !door.startsWith("urn:") || isOwn(door))
    .filter((door) => !doors.some(({ resource }) => resource.urn === door || resource.name === door))
    .map(
      (door) =>
        `expectDoors names "${door}", and no door of this stack is called so. Found: ${doors.map(({ resource }) => resource.name).join(", ") || "none"}. Correct the name, or set scope to "all" and report what the pack has missed.`,
    );
}
