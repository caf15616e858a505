import * as pulumi from "@pulumi/pulumi";
import { qualifiersOf } from "../../contract/runtime/agents";
import type { Settings } from "../../contract/config/settings";
import { RuntimeLock } from "../agent/runtimeLock";
import { shortHash } from "../shared/shortHash";

interface LockedRuntime {
  readonly arn: pulumi.Input<string>;
  readonly qualifiers: Set<string>;
  /** Names of the agents that have this runtime, as locks were named after them. */
  readonly formerSuffixes: string[];
}

/**
 * A lock for each runtime of a stack, however many agents share it. Its name follows the runtime: AgentCore keeps one policy for each ARN and
 * a delete removes it, so a lock whose name followed an agent would be deleted, when the agent is renamed, after its successor was put.
 *
 * @param agentRuntimeArn the runtime behind `/invoke`; empty for none
 * @param opts its `dependsOn` are the doors: a lock before them would keep the callers of before out while the doors are made, and would name
 *   roles that are too young for other services to know
 */
export function runtimeLocks(
  name: string,
  settings: Settings,
  agentRuntimeArn: pulumi.Input<string>,
  roleArns: pulumi.Input<string>[],
  opts: pulumi.ComponentResourceOptions,
): RuntimeLock[] {
  const { breakGlassPrincipals, stopSession } = settings;
  const runtimes = new Map<string, LockedRuntime>();
  const add = (key: string, arn: pulumi.Input<string>, qualifiers: string[], formerSuffix: string): void => {
    const known = runtimes.get(key) ?? { arn, qualifiers: new Set(), formerSuffixes: [] };
    for (const each of qualifiers) known.qualifiers.add(each);
    known.formerSuffixes.push(formerSuffix);
    runtimes.set(key, known);
  };
  const named = Object.entries(settings.agents);
  if (settings.sampleAgent) {
    const taken = new Map(named.map(([agent, each]) => [each.agentRuntimeArn, agent]));
    const arn = pulumi.output(agentRuntimeArn).apply((text) => requireFree(text, taken));
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
        { agentRuntimeArn: arn, qualifiers: [...qualifiers], roleArns, breakGlassPrincipals, stopSession },
        { ...opts, aliases: formerSuffixes.map((suffix) => ({ name: `${name}-${suffix}` })) },
      ),
  );
}

/** @throws RunError if a named agent has the sample's runtime: a runtime that two locks share loses its policy with the first of them */
export function requireFree(arn: string, taken: ReadonlyMap<string, string>): string {
  const agent = taken.get(arn);
  if (agent === undefined) return arn;
  throw new pulumi.RunError(
    `\`agents.${agent}.agentRuntimeArn\` is the runtime of the sample agent, which \`sampleAgent\` puts behind /invoke. Remove \`agents.${agent}\`, or set \`sampleAgent\` to false and \`agentRuntimeArn\` to a runtime of your own.`,
  );
}
