import assert from "node:assert/strict";
import type { PackConfig } from "../../../local/policyHost/host";
import { struct, type AnalyzedResource } from "../../../local/policyHost/messages";
import { PolicyGraph, type StackResource } from "../../../policy/model/graph";
import { gradeOf, type Finding, type Rule } from "../../../policy/model/rule";
import { UNKNOWN } from "../../../policy/model/value";
import { packOf } from "../../../policy/pack/pack";
import { settingsOf } from "../../../policy/pack/settings";
import { UNKNOWN as UNKNOWN_ON_THE_WIRE } from "../../support/program/components";
import { analyzed, type Declared, type Mode } from "./declare";
import { analyze, everywhere, remediate } from "./sdk";

export interface Case {
  readonly title: string;
  readonly resources: readonly Declared[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Modes in which the case is what it says; both, unless an output decides it. */
  readonly modes?: readonly Mode[];
}

type Named = readonly (readonly [resource: string, finding: string])[];

/** A case with findings: name of the resource and id of the finding, each once. */
export interface FoundCase extends Case {
  readonly findings: Named;
  /** What the advisory twin says beside. */
  readonly beside?: Named;
}

/** The cases of one rule. Each `fail` is also run with waivers, and all are mutated: see `testRule`. */
export interface RuleCases {
  readonly pass: readonly Case[];
  readonly fail: readonly FoundCase[];
  /** Not provable either way: the advisory twin reports, the rule itself does not. Types and options are always known. */
  readonly unknown: readonly FoundCase[] | "always known";
  readonly notApplicable: readonly Case[];
}

const MODES: readonly Mode[] = ["preview", "update"];
const TODAY = "2026-11-24";

/** Rules that have cases, for the test that none is without. */
export const tested = new Map<Rule, RuleCases>();

/** Tests a rule by its cases, through the SDK's real functions, in preview and in update. */
export function testRule(rule: Rule, given: RuleCases): void {
  const alwaysKnown = given.unknown === "always known";
  const cases = { ...given, unknown: given.unknown === "always known" ? [] : given.unknown };
  tested.set(rule, given);
  describe(rule.id, () => {
    it("has a pass, two fails, an unknown and a not-applicable case at least", () => {
      const counts = [cases.pass, cases.fail, cases.unknown, cases.notApplicable].map(({ length }) => length);
      assert.ok(
        counts.every((count, index) => count >= (index === 1 ? 2 : 1) || (index === 2 && alwaysKnown)),
        `pass, fail, unknown, not applicable: ${counts.join(", ")}`,
      );
    });
    for (const each of cases.pass) it(`passes ${each.title}`, () => expectFindings(rule, each, "proven", []));
    for (const each of cases.fail) {
      it(`fails ${each.title}`, () => expectFindings(rule, each, "proven", each.findings, each.beside));
      it(`lets a waiver stand for ${each.title}`, () => expectWaived(rule, each));
    }
    for (const each of cases.unknown)
      it(`leaves open ${each.title}`, () => expectFindings(rule, each, "unproven", each.findings));
    for (const each of cases.notApplicable)
      it(`does not apply to ${each.title}`, async () => {
        await expectFindings(rule, each, "proven", []);
        if (each.settings === undefined) await expectNotApplicable(rule, each);
      });
    if (rule.resource?.remediate)
      it("mends what it finds at level remediate, once, and nothing else", async () => {
        const mended = await Promise.all(cases.fail.map((each) => mends(rule, each)));
        assert.ok(mended.includes(true), "at least one case is mended");
        for (const each of [...cases.pass, ...cases.unknown, ...cases.notApplicable]) await leavesAlone(rule, each);
      });
    it("never throws and never passes for a value that is not known", () => {
      for (const each of [...cases.pass, ...cases.fail, ...cases.unknown, ...cases.notApplicable])
        for (const mode of each.modes ?? MODES) withUnknowns(rule, each, mode);
    });
    it("does not depend on the resources' names or order", () => {
      for (const each of [...cases.pass, ...cases.fail, ...cases.unknown])
        for (const mode of each.modes ?? MODES) renamedAndReordered(rule, each, mode);
    });
  });
}

/** What is reported, as rule and twin, resource and finding; forms of one rule that find the same count once. */
async function run(rule: Rule, each: Case, mode: Mode, config: PackConfig = {}, stack = "test") {
  const { findings, notApplicable } = await analyze(
    packOf([rule], () => TODAY),
    analyzed(each.resources, mode, stack),
    everywhere({ [rule.id]: { ...each.settings, enforcementLevel: gradeOf(rule) }, ...config }),
  );
  const of = (policy: string, level: string): Named => {
    const named = findings
      .filter((finding) => finding.policy === policy)
      .map((finding) => {
        assert.equal(finding.level, level, finding.message);
        assert.ok(finding.message.includes(rule.remediationSteps), "the remedy is named");
        assert.match(finding.message, /^\S+ \(\S+\): .+; wanted: .+/m, "resource, seen and wanted are named");
        const [, id = ""] = /\(finding "([^"]*)"/.exec(finding.message) ?? [];
        return `${finding.urn.split("::").at(-1) ?? ""} ${id}`;
      });
    return [...new Set(named)].sort().map((text) => text.split(" ") as unknown as [string, string]);
  };
  return {
    proven: of(rule.id, gradeOf(rule)),
    unproven: of(`${rule.id}-unproven`, "advisory"),
    others: findings.filter(({ policy }) => policy.startsWith("fd-pack")),
    notApplicable,
  };
}

const sorted = (findings: Named): string[] => findings.map((each) => each.join(" ")).sort();

async function expectFindings(
  rule: Rule,
  each: Case,
  level: "proven" | "unproven",
  expected: Named,
  beside: Named = [],
): Promise<void> {
  for (const mode of each.modes ?? MODES) {
    const found = await run(rule, each, mode);
    const other = level === "proven" ? "unproven" : "proven";
    assert.deepEqual(sorted(found[level]), sorted(expected), `${level} in ${mode}`);
    assert.deepEqual(sorted(found[other]), sorted(beside), `${other} in ${mode}`);
    assert.deepEqual(found.others, []);
    if (level === "unproven") {
      const strict = await run(rule, each, mode, { "fd-pack": { strict: true } });
      assert.deepEqual([sorted(strict.proven), strict.unproven], [sorted(expected), []], `strict in ${mode}`);
    }
  }
}

async function expectNotApplicable(rule: Rule, each: Case): Promise<void> {
  const { notApplicable } = await run(rule, each, "update");
  assert.ok(notApplicable.includes(rule.id), "the SDK is told that the rule does not apply");
}

async function expectWaived(rule: Rule, each: FoundCase): Promise<void> {
  for (const mode of each.modes ?? MODES) {
    const waivers = (stack: string) => ({
      "fd-pack": {
        waivers: each.findings.map(([resource, finding]) => ({
          rule: rule.id,
          urn: analyzed(each.resources, mode, stack).find(({ name }) => name === resource)?.urn ?? "",
          finding,
          reason: "A reason that is long enough to be one.",
          owner: "team@example.com",
          expires: TODAY,
        })),
      },
    });
    const waived = await run(rule, each, mode, waivers("test"));
    assert.deepEqual(waived.proven, [], `waived in ${mode}`);
    assert.deepEqual(
      waived.others.map(({ policy, level }) => `${policy} ${level}`),
      each.findings.map(() => "fd-pack-active-waivers advisory"),
    );
    const production = await run(rule, each, mode, waivers("prod"), "prod");
    assert.deepEqual(sorted(production.proven), rule.unwaivable ? sorted(each.findings) : []);
  }
}

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "s3cr3t" };

const remediating = (rule: Rule, { settings }: Case) => ({
  pack: packOf([rule], () => TODAY),
  config: { [rule.id]: { ...settings, enforcementLevel: "remediate" } },
});

/** What does not certainly fail is not changed. */
async function leavesAlone(rule: Rule, each: Case): Promise<void> {
  const { pack, config } = remediating(rule, each);
  for (const resource of analyzed(each.resources, "preview"))
    assert.equal(await remediate(pack, resource, config), undefined, each.title);
}

/** Whether all findings of a case go away; in any case a second remediation finds nothing to do, and what is not concerned stays. */
async function mends(rule: Rule, each: FoundCase): Promise<boolean> {
  const { pack, config } = remediating(rule, each);
  const resources = analyzed(each.resources, "preview").map((resource) => ({
    ...resource,
    wire: struct({ ...resource.wire?.toJavaScript(), aSecret: SECRET, notKnown: UNKNOWN_ON_THE_WIRE }),
  }));
  const after = await Promise.all(
    resources.map(async (resource) => {
      const properties = await remediate(pack, resource, config);
      if (!properties) return resource;
      assert.deepEqual([properties["aSecret"], properties["notKnown"]], [SECRET, UNKNOWN_ON_THE_WIRE]);
      const changed = { ...resource, wire: struct(properties) };
      assert.equal(await remediate(pack, changed, config), undefined, "a second remediation changes nothing");
      return changed;
    }),
  );
  const { findings } = await analyze(pack, after, everywhere(config));
  return findings.length === 0;
}

/** Every form of a rule over a graph, without the SDK. */
export function findingsOf(rule: Rule, resources: readonly StackResource[], given: Case["settings"] = {}): Finding[] {
  const { settings } = settingsOf(rule.settings, given);
  const { resource, stack } = rule;
  return [
    ...(resource
      ? resources
          .filter(({ type }) => resource.types.includes(type))
          .flatMap((each) => [...resource.check(inputsOf(each), settings)])
      : []),
    ...(stack ? stack.check(graphOf(resources), settings) : []),
  ];
}

const graphs = new WeakMap<readonly StackResource[], PolicyGraph>();

/** One graph for all rules, as the pack has one for each request. */
function graphOf(resources: readonly StackResource[]): PolicyGraph {
  const graph = graphs.get(resources) ?? new PolicyGraph(resources);
  graphs.set(resources, graph);
  return graph;
}

/** A recorded resource, and which of its properties only the provider knows. */
export interface RecordedResource extends StackResource {
  readonly computed: readonly string[];
}

const inputs = new WeakMap<StackResource, StackResource>();

/** What a resource's own validation sees: inputs alone. The same for every rule. */
function inputsOf(resource: StackResource): StackResource {
  const known = inputs.get(resource);
  if (known) return known;
  const { computed = [] } = resource as Partial<RecordedResource>;
  const props = Object.fromEntries(Object.entries(resource.props).filter(([key]) => !computed.includes(key)));
  const made = { ...resource, props };
  inputs.set(resource, made);
  return made;
}

/** As a policy sees the resources. */
export function stackResources(resources: readonly AnalyzedResource[]): RecordedResource[] {
  return resources.map(({ urn, type, name, wire, computed, dependencies, propertyDependencies, ...more }) => ({
    urn,
    type,
    name,
    props: marked({ ...wire?.toJavaScript(), ...computed }) as StackResource["props"],
    computed: Object.keys(computed),
    options: { protect: more.protect, ignoreChanges: more.ignoreChanges },
    ...(more.parent !== "" && { parent: more.parent }),
    dependencies,
    sources: Object.fromEntries(propertyDependencies),
    ...(more.provider && { provider: more.provider }),
  }));
}

function marked(value: unknown): unknown {
  if (value === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
}

/** Every copy of a value in which one part, a leaf or a whole branch, is unknown. */
export function* unknownVariants(value: unknown): Generator {
  if (typeof value !== "object" || value === null) return;
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, part] of parts) {
    if (part === UNKNOWN) continue;
    for (const variant of [UNKNOWN, ...unknownVariants(part)])
      yield Array.isArray(value) ? (value as unknown[]).with(key as number, variant) : { ...value, [key]: variant };
  }
}

function withUnknowns(rule: Rule, each: Case, mode: Mode): void {
  const resources = stackResources(analyzed(each.resources, mode));
  const before = findingsOf(rule, resources, each.settings);
  const failed = before.some(({ status }) => status === "fail");
  for (const [index, resource] of resources.entries())
    for (const props of unknownVariants(resource.props)) {
      const changed = resources.with(index, { ...resource, props: props as StackResource["props"] });
      const after = findingsOf(rule, changed, each.settings);
      const where = `${each.title}, ${mode}, ${resource.name}: ${JSON.stringify(props, (_, part: unknown) => (part === UNKNOWN ? "UNKNOWN" : part))}`;
      if (failed) assert.ok(after.length > 0, `a failure became a pass: ${where}`);
      if (before.length === 0)
        assert.ok(!after.some(({ status }) => status === "fail"), `a pass became a failure without proof: ${where}`);
    }
}

function renamedAndReordered(rule: Rule, each: Case, mode: Mode): void {
  const resources = stackResources(analyzed(each.resources, mode));
  const key = ({ status, resource, finding }: Finding, name: (urn: string) => string) =>
    `${status} ${name(resource.urn)} ${finding}`;
  const before = findingsOf(rule, resources, each.settings)
    .map((finding) => key(finding, (urn) => urn))
    .sort();
  const rename = (urn: string) => `${urn}-renamed`;
  const changed = resources
    .map((resource) => ({
      ...resource,
      urn: rename(resource.urn),
      name: rename(resource.name),
      dependencies: resource.dependencies.map(rename),
      sources: Object.fromEntries(
        Object.entries(resource.sources).map(([property, urns]) => [property, [...urns].reverse().map(rename)]),
      ),
    }))
    .reverse();
  const after = findingsOf(rule, changed, each.settings)
    .map((finding) => key(finding, (urn) => urn.replace(/-renamed$/, "")))
    .sort();
  assert.deepEqual(after, before, `${each.title}, ${mode}`);
}
