import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result, Run } from "sarif";
import { referencesOf, type Rule } from "../model/rule";
import { pageOf, readMessage, unprovenId } from "../pack/message";
import type { PolicyEvent } from "./events";

export interface SarifOptions {
  /** Rules whose metadata is known: those of this pack. Findings of other packs say what their events say. */
  readonly rules: readonly Rule[];
  /** Name and version of the pack that `rules` are of: it has a run even where it found nothing. */
  readonly pack: { readonly name: string; readonly version: string };
  /** File that findings are shown at, from the repository's root: resources have no lines. Default: Pulumi.yaml. */
  readonly file?: string;
  /** Where the repository's pages can be read: makes each rule's page a link. Default: none. */
  readonly docsUrl?: string;
}

/** Numbers as code scanning sorts by them. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support */
const SECURITY_SEVERITY: Readonly<Record<string, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" };

const ACTIVE_WAIVERS = "fd-pack-active-waivers";

/** Findings of policy packs as SARIF 2.1.0, a run a pack. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function toSarif(events: readonly PolicyEvent[], options: SarifOptions): Log {
  const packs = new Map<string, PolicyEvent[]>([[options.pack.name, []]]);
  for (const event of events) packs.set(event.policyPackName, [...(packs.get(event.policyPackName) ?? []), event]);
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [...packs].map(([name, its]) => toRun(name, its, options)),
  };
}

function toRun(name: string, events: readonly PolicyEvent[], options: SarifOptions): Run {
  const own = name === options.pack.name;
  const described = own ? options.rules.flatMap((rule) => descriptors(rule, options)) : [];
  const rules = new Map(described.map((descriptor) => [descriptor.id, descriptor]));
  for (const { policyName, message } of events)
    if (!rules.has(policyName))
      rules.set(policyName, { id: policyName, shortDescription: { text: firstLine(message) } });
  const index = new Map([...rules.keys()].map((id, position) => [id, position]));
  const version = own ? options.pack.version : events[0]?.policyPackVersion;
  return {
    tool: { driver: { name, ...(version && { version }), rules: [...rules.values()] } },
    columnKind: "utf16CodeUnits",
    results: events.map((event) => toResult(event, index, options.file ?? "Pulumi.yaml")),
  };
}

function descriptors(rule: Rule, { docsUrl }: SarifOptions): readonly ReportingDescriptor[] {
  const { id, description, rationale, remediationSteps, severity, frameworks } = rule;
  const tags = referencesOf(frameworks).map((reference) => reference.join("/"));
  const descriptor = {
    fullDescription: { text: rationale },
    help: { text: remediationSteps },
    ...(docsUrl !== undefined && { helpUri: new URL(pageOf(id), docsUrl).href }),
    properties: { tags: ["security", ...tags], "security-severity": SECURITY_SEVERITY[severity] },
  };
  return [
    { id, shortDescription: { text: description }, defaultConfiguration: { level: "error" }, ...descriptor },
    {
      id: unprovenId(id),
      shortDescription: { text: `Not known before the update: ${description}` },
      defaultConfiguration: { level: "warning" },
      ...descriptor,
    },
  ];
}

function toResult(event: PolicyEvent, index: ReadonlyMap<string, number>, file: string): Result {
  const { resourceUrn, policyName, enforcementLevel, severity } = event;
  const message = event.message.replaceAll(/<\{%.*?%\}>/g, "").trim();
  const read = readMessage(message);
  // A waiver in force is a finding of its rule that somebody has accepted.
  const ruleId = policyName === ACTIVE_WAIVERS ? (read.rule ?? policyName) : policyName;
  const ruleIndex = index.get(ruleId);
  const print = createHash("sha256")
    .update([ruleId, resourceUrn, read.finding ?? message].join("\n"))
    .digest("hex");
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: enforcementLevel === "mandatory" ? "error" : "warning",
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        ...(resourceUrn !== undefined && {
          logicalLocations: [
            { fullyQualifiedName: resourceUrn, name: resourceUrn.split("::").at(-1) ?? resourceUrn, kind: "resource" },
          ],
        }),
      },
    ],
    partialFingerprints: { "findingId/v1": print },
    ...(read.reason !== undefined && {
      suppressions: [{ kind: "external" as const, status: "accepted" as const, justification: read.reason }],
    }),
    properties: { enforcementLevel, ...(severity !== undefined && { severity }) },
  };
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? message;
}
