import { TYPES } from "../../../../local/program/graph";
import { qualifiersOf } from "../../../../contract/runtime/agents";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import { endpoint } from "../../support/config";
import { doorFunctions } from "../things";

/** Every runtime that a config declares, with the names of its endpoints. */
export function declaredRuntimes(cloud: Cloud, settings: Settings): ReadonlyMap<string, ReadonlySet<string>> {
  const [sample] = cloud.all(TYPES.agentRuntime);
  const first = sample ? String(sample.outputs["agentRuntimeArn"]) : settings.agentRuntimeArn;
  const runtimes = new Map<string, Set<string>>();
  for (const { agentRuntimeArn, ...routing } of [
    { ...settings, agentRuntimeArn: first },
    ...Object.values(settings.agents),
  ]) {
    if (agentRuntimeArn === "") continue;
    const qualifiers = runtimes.get(agentRuntimeArn) ?? new Set();
    for (const each of qualifiersOf(routing)) qualifiers.add(each);
    runtimes.set(agentRuntimeArn, qualifiers);
  }
  return runtimes;
}

/** What a config locks: the runtimes and their endpoints. */
export function declaredLocks(cloud: Cloud, settings: Settings): readonly string[] {
  if (!settings.lockRuntime) return [];
  return [...declaredRuntimes(cloud, settings)].flatMap(([arn, names]) => [
    arn,
    ...[...names].map((each) => endpoint(arn, each)),
  ]);
}

/** What is locked and should not be, or the other way round; and doors that are locked out. */
export function* lockProblems(cloud: Cloud, settings: Settings): Generator<string> {
  const declared = declaredLocks(cloud, settings);
  for (const arn of declared) {
    if (!cloud.isLocked(arn)) yield `${arn} is open`;
    for (const { inputs } of doorFunctions(cloud)) {
      const role = String(inputs["role"]);
      if (!cloud.mayInvoke(arn, role)) yield `${role} is locked out of ${arn}`;
    }
    for (const principal of settings.breakGlassPrincipals) {
      if (!cloud.mayInvoke(arn, principal)) yield `${principal} is locked out of ${arn}`;
    }
  }
  for (const { id } of cloud.all(TYPES.resourcePolicy)) {
    if (!declared.includes(id)) yield `${id} has a policy that nothing declares`;
  }
}
