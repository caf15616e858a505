import * as pulumi from "@pulumi/pulumi";
import { qualifiersOf } from "../../contract/runtime/agents";
import type { Settings } from "../../contract/config/settings";
import { RuntimeLock } from "../agent/runtimeLock";
import { shortHash } from "../shared/shortHash";

interface LockedRuntime {
  readonly arn: pulumi.Input<string>;
  readonly qualifiers: Set<string>;
  /** Suffixes of former lock names, which came from the agents of this runtime. They become aliases. */
  readonly formerSuffixes: string[];
}

/**
 * Creates one lock for each runtime of a stack, even if several agents share the runtime. A lock is named after its runtime, not its agent:
 * AgentCore keeps one policy for each ARN. If an agent were renamed, the update would create the new lock and then delete the old one, and that
 * delete would remove the new policy.
 *
 * @param agentRuntimeArn ARN of the runtime behind `/invoke`; empty if there is none
 * @param opts `dependsOn` must contain the doors. A lock that exists before them would refuse the present callers while the doors are
 *   created, and would name roles that other services cannot see yet.
 */
export function createRuntimeLocks(
  name: string,
  settings: Settings,
  agentRuntimeArn: pulumi.Input<string>,
  roleArns: pulumi.Input<string>[],
  opts: pulumi.ComponentResourceOptions,
): RuntimeLock[] {
  const { breakGlassPrincipals, stopSession, runtimeUserId } = settings;
  const runtimes = new Map<string, LockedRuntime>();
  const add = (key: string, arn: pulumi.Input<string>, qualifiers: string[], formerSuffix: string): void => {
    const known = runtimes.get(key) ?? { arn, qualifiers: new Set(), formerSuffixes: [] };
    for (const each of qualifiers) known.qualifiers.add(each);
    known.formerSuffixes.push(formerSuffix);
    runtimes.set(key, known);
  };
  const named = Object.entries(settings.agents);
  if (settings.sampleAgent) {
    const agentsByArn = new Map(named.map(([agent, each]) => [each.agentRuntimeArn, agent]));
    const arn = pulumi.output(agentRuntimeArn).apply((text) => requireUnusedRuntime(text, agentsByArn));
    add("sample", arn, qualifiersOf(settings), "lock");
  } else if (agentRuntimeArn !== "") {
    add(shortHash(settings.agentRuntimeArn), agentRuntimeArn, qualifiersOf(settings), "lock");
  }
  for (const [agent, each] of named) {
    add(shortHash(each.agentRuntimeArn), each.agentRuntimeArn, qualifiersOf(each), `lock-${agent}`);
  }
  return [...runtimes].map(
    ([key, { arn, qualifiers, formerSuffixes }]) =>
      new RuntimeLock(
        `${name}-runtime-lock-${key}`,
        {
          agentRuntimeArn: arn,
          qualifiers: [...qualifiers],
          roleArns,
          breakGlassPrincipals,
          stopSession,
          runtimeUserId,
        },
        { ...opts, aliases: formerSuffixes.map((suffix) => ({ name: `${name}-${suffix}` })) },
      ),
  );
}

/** @throws RunError if a named agent has the sample's runtime: if two locks share a runtime, deleting one removes the policy of both */
export function requireUnusedRuntime(arn: string, agentsByArn: ReadonlyMap<string, string>): string {
  const agent = agentsByArn.get(arn);
  if (agent === undefined) return arn;
  throw new pulumi.RunError(
    `\`agents.${agent}.agentRuntimeArn\` is the runtime of the sample agent, which \`sampleAgent\` puts behind /invoke. Remove \`agents.${agent}\`, or set \`sampleAgent\` to false and \`agentRuntimeArn\` to a runtime of your own.`,
  );
}
