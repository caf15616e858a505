import { POLICY_PACK } from "../local/policyHost/check";
import { PolicyHost } from "../local/policyHost/host";
import { analyzeRequest, analyzeStackRequest, type AnalyzedResource } from "../local/policyHost/messages";
import { runProgram } from "../local/program/program";
import { readStack } from "../local/program/project";
import { RULES } from "../policy/rules";

const SIZES = [1250, 2500, 5000, 10_000];

const USAGE = `Usage: npm run bench:policy

Evaluates stacks of ${SIZES.join(", ")} resources with the pack in Pulumi's own host and prints time and memory per 1,000 resources,
and how they grow. Each size has a process of its own.`;

interface Measured {
  readonly resources: number;
  /** Milliseconds of all resource validations, one request each. */
  readonly each: number;
  /** Milliseconds of the stack's validation. */
  readonly stack: number;
  /** Peak resident memory of the host, without that of a host that has only started, MiB. */
  readonly memory: number;
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

async function measure(resources: readonly AnalyzedResource[]): Promise<Measured> {
  const host = await PolicyHost.start(POLICY_PACK);
  try {
    // Warm-up: the first requests load and compile code.
    await host.analyze(resources.slice(0, 200));
    const before = host.peakMemory();
    const requests = resources.map(analyzeRequest);
    const start = performance.now();
    for (const request of requests) await host.request("analyze", request);
    const middle = performance.now();
    await host.request("analyzeStack", analyzeStackRequest(resources));
    const end = performance.now();
    return {
      resources: resources.length,
      each: middle - start,
      stack: end - middle,
      memory: (host.peakMemory() - before) / 1024 / 1024,
    };
  } finally {
    await host.stop();
  }
}

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    console.log(USAGE);
    return;
  }
  const place = { region: "us-east-1", accountId: "123456789012" };
  const { resources } = await runProgram(readStack("dev"), { preview: true, place }, () => import("../index.js"));
  console.log(
    `${RULES.length} rules; Node ${process.version}; a dev stack of ${resources.length} resources, repeated\n`,
  );
  console.log("resources | resource rules, ms per 1,000 | stack rules, ms per 1,000 | memory, MiB per 1,000");
  const measured: Measured[] = [];
  for (const size of SIZES) {
    const one = await measure(repeatResources(resources, size));
    measured.push(one);
    console.log([one.resources, ...perThousand(one).map((value) => value.toFixed(1))].join(" | "));
  }
  const [first] = measured;
  const last = measured.at(-1);
  if (!first || !last) return;
  const ratios = perThousand(last).map((value, index) => value / (perThousand(first)[index] ?? NaN));
  console.log(
    `\nPer 1,000 resources, ${last.resources} against ${first.resources} (1.0 is linear): ` +
      ["resource rules", "stack rules", "memory"]
        .map((name, index) => `${name} ${ratios[index]?.toFixed(2) ?? ""}`)
        .join(", "),
  );
}

function perThousand({ resources, each, stack, memory }: Measured): readonly number[] {
  return [each, stack, memory].map((value) => (value / resources) * 1000);
}

void main();
