import { join } from "node:path";
import type { Graph } from "../program/graph";
import { PROJECT_ROOT } from "../program/project";
import { PolicyHost, type Finding, type PackConfig } from "./host";

/** The pack of this repository. */
export const POLICY_PACK = join(PROJECT_ROOT, "policy");

/**
 * Runs a policy pack over a graph, as the engine does.
 *
 * @param config levels and settings; without it, each policy has the pack's defaults
 * @throws Error if the pack does not start
 */
export async function checkPolicies(graph: Graph, pack = POLICY_PACK, config?: PackConfig): Promise<Finding[]> {
  const host = await PolicyHost.start(pack);
  try {
    if (config) await host.configure(config);
    return await host.analyze(graph.resources);
  } finally {
    await host.stop();
  }
}
