import type * as pulumi from "@pulumi/pulumi";
import { qualifiersOf } from "../contract/agents";
import type { Settings } from "../contract/settings";
import { RuntimeLock } from "./runtimeLock";

/**
 * A lock for each runtime of a stack, however many agents share it.
 *
 * @param agentRuntimeArn the runtime behind `/invoke`; empty for none
 */
export function runtimeLocks(
  name: string,
  settings: Settings,
  agentRuntimeArn: pulumi.Input<string>,
  roleArns: pulumi.Input<string>[],
  opts: pulumi.ComponentResourceOptions,
): RuntimeLock[] {
  const { breakGlassPrincipals, stopSession } = settings;
  const runtimes = new Map<string, { suffix: string; arn: pulumi.Input<string>; qualifiers: Set<string> }>();
  const add = (suffix: string, key: string, arn: pulumi.Input<string>, qualifiers: string[]): void => {
    const known = runtimes.get(key) ?? { suffix, arn, qualifiers: new Set() };
    for (const each of qualifiers) known.qualifiers.add(each);
    runtimes.set(key, known);
  };
  // The sample's ARN is not known yet; no agent of the config can have it.
  if (agentRuntimeArn !== "") add("lock", settings.agentRuntimeArn, agentRuntimeArn, qualifiersOf(settings));
  for (const [agent, each] of Object.entries(settings.agents)) {
    add(`lock-${agent}`, each.agentRuntimeArn, each.agentRuntimeArn, qualifiersOf(each));
  }
  return [...runtimes.values()].map(
    ({ suffix, arn, qualifiers }) =>
      new RuntimeLock(
        `${name}-${suffix}`,
        { agentRuntimeArn: arn, qualifiers: [...qualifiers], roleArns, breakGlassPrincipals, stopSession },
        opts,
      ),
  );
}
