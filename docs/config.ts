import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, parseDocument } from "yaml";

/** Introduction of each section of docs/config.md, with links. The sections are the comments in Pulumi.yaml. */
const INTROS: Readonly<Record<string, string>> = {
  "The agent":
    "Several agents and a canary: [requests.md](requests.md#several-agents). How the runtime is called: [requests.md](requests.md#runtime-auth). The lock: [runtimeLock](components/runtimeLock.md).",
  "Doors and callers":
    "Which door: [choosing.md](choosing.md). Each kind of `apiAuth`, with examples: [auth.md](auth.md).",
  "Door 2 for the public": "CloudFront in front of `streamingUrl`: [edge.md](edge.md).",
  "Time, memory and concurrency": "Every other timeout is computed from these. What they cost: [costs.md](costs.md).",
  "What reaches the agent": "Examples of each: [requests.md](requests.md).",
  "Code of your own": "What hooks can do, and what they can reach: [hooks.md](hooks.md).",
  "Throttles and the firewall": "Throttles apply to the REST doors. The web ACL: [webAcl](components/webAcl.md).",
  "Domain and network":
    "The domain of the REST doors: [apiDomain](components/apiDomain.md). The VPC: [privateNetwork](components/privateNetwork.md).",
  Roles: "They reach every role of the stack, those of the sample agent and of API Gateway's logs included.",
  "Logs, metrics and alarms":
    "Fields of a log line: [requests.md](requests.md#log-and-metrics). Dashboard and alarms: [operations](components/operations.md). API Gateway's role: [accountLogging](components/accountLogging.md).",
};

interface Declared {
  readonly description: string;
  readonly default?: unknown;
}

/** A section of Pulumi.yaml's config with its keys, in their order. */
export interface Section {
  readonly title: string;
  readonly keys: readonly (readonly [key: string, declared: Declared])[];
}

/**
 * The keys that Pulumi.yaml declares, in its sections.
 *
 * @throws Error naming a key before the first section
 */
export function configSections(): readonly Section[] {
  const config = parseDocument(readFileSync(join(__dirname, "..", "Pulumi.yaml"), "utf8")).get("config");
  if (!isMap(config)) throw new Error("Pulumi.yaml has no `config`.");
  const sections: { title: string; keys: [string, Declared][] }[] = [];
  // The parser attaches the comment above the first key to the whole map.
  let comment = config.commentBefore ?? "";
  for (const { key, value } of config.items) {
    if (!isScalar(key) || !isMap(value)) continue;
    comment = key.commentBefore ?? comment;
    const title = / (.+):$/.exec(comment)?.[1];
    if (title !== undefined) sections.push({ title, keys: [] });
    comment = "";
    const section = sections.at(-1);
    if (!section) throw new Error(`Pulumi.yaml: the key \`${String(key.value)}\` is in no section.`);
    section.keys.push([String(key.value), value.toJSON() as Declared]);
  }
  return sections;
}

/**
 * The text of docs/config.md: the keys that Pulumi.yaml declares, in its sections.
 *
 * @throws Error naming a key before the first section, or a section without a text in this file
 */
export function configPage(): string {
  return `# Config

Every key of the stack config, by topic. This page is made from Pulumi.yaml and docs/config.ts by \`npm run docs\`; do not edit it.

A key is set in \`Pulumi.<stack>.yaml\` as \`agentcore-front-door:<key>\`, or with \`pulumi config set <key> <value>\`. A wrong value stops the
program before any resource exists, and one error names every mistake. Whole stack files to start from are in [stacks](../stacks). What a
later change of a key replaces or interrupts: [updates.md](updates.md).

${configSections().map(section).join("\n")}`;
}

function row(key: string, { description, default: fallback }: Declared): string {
  const shown = typeof fallback === "string" && fallback !== "" ? fallback : JSON.stringify(fallback);
  return `| \`${key}\` | ${fallback === undefined ? "required" : `\`${shown}\``} | ${description} |`;
}

function section({ title, keys }: Section): string {
  const intro = INTROS[title];
  if (intro === undefined) throw new Error(`docs/config.ts has no text for the section "${title}" of Pulumi.yaml.`);
  return `## ${title}

${intro}

| key | default | meaning |
| --- | --- | --- |
${keys.map(([key, declared]) => row(key, declared)).join("\n")}
`;
}
