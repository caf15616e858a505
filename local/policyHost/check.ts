import { join } from "node:path";
import { PROJECT_ROOT } from "../program/project";
import { compile } from "../compile/compile";
import type { Graph } from "../program/graph";
import { PolicyHost, type Finding, type PackConfig } from "./host";

/** The pack of this repository. */
export const POLICY_PACK = join(PROJECT_ROOT, "policy");

/**
 * Runs a policy pack over a graph, as the engine does.
 *
 * @param config levels and settings; without it, each policy has the pack's defaults
 * @param host the pack's process, which is stopped; without it, one is started
 * @throws Error if the pack does not start
 */
export async function checkPolicies(
  graph: Graph,
  pack = POLICY_PACK,
  config?: PackConfig,
  host: Promise<PolicyHost> = PolicyHost.start(pack),
): Promise<Finding[]> {
  const started = await host;
  try {
    if (config) await started.configure(config);
    return await started.analyze(graph.resources);
  } finally {
    await started.stop();
  }
}

/** Starts the pack of this repository, compiled. */
export async function startPack(): Promise<PolicyHost> {
  const script = await compile({
    name: "pack",
    folder: POLICY_PACK,
    options: {
      entryPoints: [join(POLICY_PACK, "index.ts")],
      packages: "external",
      // The pack finds its package.json from the folder of its sources.
      define: { __dirname: JSON.stringify(join(POLICY_PACK, "pack")) },
    },
  });
  return await PolicyHost.start({ script, folder: POLICY_PACK });
}
