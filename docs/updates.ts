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

Each row is proven: \`npm run test:engine -- --all\` takes a stack without the key to one with it, to other values and back, with the real
Pulumi engine over a model of AWS, and fails if an update replaces, moves or ends anything else than its row says, or less
([test/engine](../test/engine/README.md)). After every such update the doors serve what the config declares, locks have not been open for a
moment, and a preview proposes nothing.

- _Replaced_: Pulumi makes a new object, then deletes the old one. "First deleted" is the other order: in between there is none. A new
  \`${NEW_SNAPSHOT[0]}\` is not named in the table, only _snapshot_: the stage passes from the old one to the new one, and no request is lost.
- _Moves_: clients or operators hold it, and it has another value after the update. What no row names, such as the Function URL under a
  change of \`callers\`, stays as it is.
- _Ends_: it is there no longer if the key, or a part of its value, is removed.

What several keys do together is what each does.

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
