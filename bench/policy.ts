import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { POLICY_PACK } from "../local/policyHost/check";
import { PolicyHost } from "../local/policyHost/host";
import { analyzeRequest, analyzeStackRequest, type AnalyzedResource } from "../local/policyHost/messages";
import { runProgram } from "../local/program/program";
import { PROJECT_ROOT, readStack } from "../local/program/project";
import { RULES } from "../policy/rules";

const SIZES = [1250, 2500, 5000, 10_000];

const USAGE = `Usage: npm run bench:policy -- [--size N]

Evaluates stacks in Pulumi's own host and prints what the pack costs beside a pack with one policy that does nothing: CPU time and memory of
its process, for stacks with doors of ${SIZES.join(", ")} resources, and for one without a door. Each run has a process of its own.
  --size N   one size alone`;

/** What a host used. */
interface Measured {
  readonly resources: number;
  /** Milliseconds of CPU: all resource validations, one request each. */
  readonly each: number;
  /** Milliseconds of CPU: the stack's validation. */
  readonly stack: number;
  /** Peak resident memory of the host, without that of a host that has only started, MiB. */
  readonly memory: number;
}

/** A pack with one policy that does nothing: what any pack costs in the SDK. */
function emptyPack(): string {
  const folder = mkdtempSync(join(tmpdir(), "front-door-empty-pack-"));
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "version": "1.0.0", "main": "start.cjs" }');
  const policy = 'name: "empty", description: "Empty.", enforcementLevel: "advisory"';
  writeFileSync(
    join(folder, "start.cjs"),
    `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [{ ${policy}, validateResource: () => {}, validateStack: () => {} }] });`,
  );
  return folder;
}

/** Repeats the resources of a dev stack, under new names, until there are `size` of them. */
function repeatResources(resources: readonly AnalyzedResource[], size: number): AnalyzedResource[] {
  const copies: AnalyzedResource[] = [];
  for (let copy = 0; copies.length < size; copy++) {
    const rename = (urn: string) => (urn === "" ? urn : `${urn}-${copy}`);
    for (const resource of resources)
      copies.push({
        ...resource,
        urn: rename(resource.urn),
        name: rename(resource.name),
        parent: rename(resource.parent),
        dependencies: resource.dependencies.map(rename),
        propertyDependencies: new Map(
          [...resource.propertyDependencies].map(([property, urns]) => [property, urns.map(rename)]),
        ),
      });
  }
  return copies.slice(0, size);
}

async function measure(resources: readonly AnalyzedResource[], pack: string): Promise<Measured> {
  const host = await PolicyHost.start(pack);
  try {
    // Warm-up: the first requests load and compile code.
    await host.analyze(resources.slice(0, 200));
    const before = host.peakMemory();
    const requests = resources.map(analyzeRequest);
    const start = host.cpuTime();
    for (const request of requests) await host.request("analyze", request);
    const middle = host.cpuTime();
    await host.request("analyzeStack", analyzeStackRequest(resources));
    return {
      resources: resources.length,
      each: middle - start,
      stack: host.cpuTime() - middle,
      memory: (host.peakMemory() - before) / 1024 / 1024,
    };
  } finally {
    await host.stop();
  }
}

/** The resources of a stack that a door consists of, as those of an application without an agent: other types, and no text that names one. */
function withoutDoors(resources: readonly AnalyzedResource[]): AnalyzedResource[] {
  const KEPT = /^aws:(?:cloudwatch|cognito|kms|s3|sns|sqs|dynamodb|ec2)\//;
  const kept = resources.filter(({ type }) => KEPT.test(type));
  return kept.filter(({ wire }) => !JSON.stringify(wire?.toJavaScript() ?? {}).includes("bedrock-agentcore"));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean" }, size: { type: "string" } } });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const sizes = values.size === undefined ? SIZES : [Number(values.size)];
  const place = { region: "us-east-1", accountId: "123456789012" };
  const { resources } = await runProgram(readStack("dev"), { preview: true, place }, () => import("../index.js"));
  const empty = emptyPack();
  try {
    console.log(
      `${RULES.length} rules; Node ${process.version}; a dev stack of ${resources.length} resources, repeated\n`,
    );
    console.log(
      "resources | resource, ms of CPU per 1,000 | stack, ms of CPU per 1,000 | memory, MiB per 1,000 | times an empty pack",
    );
    const measured: Measured[] = [];
    for (const size of sizes) measured.push(await compare(repeatResources(resources, size), empty, ""));
    await compare(repeatResources(withoutDoors(resources), sizes[0] ?? 0), empty, " without a door");
    const [first, last] = [measured[0], measured.at(-1)];
    if (first && last && first !== last)
      console.log(
        `\nPer 1,000 resources, ${last.resources} against ${first.resources} (1.0 is linear): ` +
          ["resource", "stack", "memory"]
            .map(
              (name, index) =>
                `${name} ${((perThousand(last)[index] ?? NaN) / (perThousand(first)[index] ?? NaN)).toFixed(2)}`,
            )
            .join(", "),
      );
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

/** Prints a size of this pack beside the same of an empty one. */
async function compare(resources: readonly AnalyzedResource[], empty: string, what: string): Promise<Measured> {
  const nothing = await measure(resources, empty);
  const ours = await measure(resources, POLICY_PACK);
  const ratio = (ours.each + ours.stack) / (nothing.each + nothing.stack);
  for (const [name, each, times] of [
    ["empty", nothing, ""],
    [`pack${what}`, ours, ratio.toFixed(2)],
  ] as const)
    console.log(
      [`${each.resources} ${name}`, ...perThousand(each).map((value) => value.toFixed(1)), times].join(" | "),
    );
  return ours;
}

function perThousand({ resources, each, stack, memory }: Measured): readonly number[] {
  return [each, stack, memory].map((value) => (value / resources) * 1000);
}

void main();
