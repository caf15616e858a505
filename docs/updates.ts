import { configSections, type Section } from "./config";
import { EFFECTS } from "./effects";
import { NEW_SNAPSHOT, type Effect } from "./effects/effect";

/**
 * The text of docs/updates.md.
 *
 * @throws Error naming a key of Pulumi.yaml that docs/effects does not have
 */
export function updatesPage(): string {
  return `# Updates

What a later change of a config key does to a stack that is up. This page is made from docs/effects by \`npm run docs\`; do not edit it.

The lists of what is replaced, moves and ends are proven: \`npm run test:engine -- --all\` updates a stack without the key to one with it, to
other values and back, with the real Pulumi engine over a model of AWS. It fails if an update replaces, moves or ends anything else than its
row says, or less ([test/engine](../test/engine/README.md)). After each of these updates the doors serve what the config declares, no lock has
been open for a moment, and a preview proposes nothing.

- _Replaced_: Pulumi creates a new resource, then deletes the old one. "First deleted" is the other order: for a moment there is none. A new
  \`${NEW_SNAPSHOT[0]}\` is called _snapshot_ in the table: the stage changes from the old one to the new one.
- _Moves_: clients or operators use it, and it has another value after the update. What a row does not name stays as it is, for example the
  Function URL when \`callers\` changes.
- _Ends_: it is deleted if the key, or a part of its value, is removed.

If several keys change at once, the effects of all of them apply.

${configSections().map(section).join("\n")}
## Upgrades of the program

A later version of the program with the same config moves nothing either, unless [CHANGELOG.md](../CHANGELOG.md) says so:
\`npm run test:engine\` brings the stacks that earlier versions deployed to this one.
`;
}

function section({ title, keys }: Section): string {
  return `## ${title}

| key | changes | replaced | moves | ends | what clients notice |
| --- | --- | --- | --- | --- | --- |
${keys.map(([key]) => row(key)).join("\n")}
`;
}

function row(key: string): string {
  const effect = (EFFECTS as Readonly<Record<string, Effect | undefined>>)[key];
  if (!effect)
    throw new Error(`docs/effects does not say what a change of \`${key}\` does. Add it to the file of its section.`);
  const { changes, replaces = [], gaps = [], moves = [], ends = [], interrupts = "" } = effect;
  const snapshot = replaces.some(isSnapshot) ? ["snapshot"] : [];
  const others = replaces.filter((type) => !isSnapshot(type) && !gaps.includes(type)).map(code);
  const first = gaps.length > 0 ? [`first deleted: ${gaps.map(code).join(", ")}`] : [];
  const cells = [changes, [...snapshot, ...others, ...first].join("; "), moves.join(", "), ends.join(", "), interrupts];
  return `| \`${key}\` | ${cells.join(" | ")} |`;
}

function isSnapshot(type: string): boolean {
  return (NEW_SNAPSHOT as readonly string[]).includes(type);
}

function code(type: string): string {
  return `\`${type}\``;
}
