import * as pulumi from "@pulumi/pulumi";
import { qualifiersOf } from "../../contract/runtime/agents";
import { RuntimeLock } from "../agent/runtimeLock";
import { shortHash } from "../shared/shortHash";
import type { Settings } from "./inputs";
import { aliasNames, INVOKE_KEY, keyName, type AliasKeys } from "./lockNames";

interface LockedRuntime {
  /** Its first agent, as the path of a config value. */
  readonly path: string;
  readonly arn: pulumi.Input<string>;
  readonly qualifiers: Set<string>;
  /** Former names of the lock, without the prefix of the stack. They become aliases. */
  readonly aliases: string[];
}

/**
 * Creates one lock for each runtime of a stack, even if several agents share the runtime. A lock is named after its runtime, not its agent:
 * AgentCore keeps one policy for each ARN. If an agent were renamed, the update would create the new lock and then delete the old one, and that
 * delete would remove the new policy. A runtime whose ARN is an Output is named after the key of its first agent, which `aliasKeys` can rename.
 *
 * @param agentRuntimeArn ARN of the runtime behind `/invoke`; empty if there is none
 * @param opts `dependsOn` must contain the doors. A lock that exists before them would refuse the present callers while the doors are
 *   created, and would name roles that other services cannot see yet.
 */
export function createRuntimeLocks(
  name: string,
  settings: Settings & { readonly aliasKeys: AliasKeys },
  agentRuntimeArn: pulumi.Input<string>,
  roleArns: pulumi.Input<string>[],
  opts: pulumi.ComponentResourceOptions,
): RuntimeLock[] {
  const { breakGlassPrincipals, stopSession, runtimeUserId } = settings;
  const runtimes = lockedRuntimes(settings, agentRuntimeArn);
  requireSeparate([...runtimes.values()]);
  return [...runtimes].map(
    ([key, runtime]) =>
      new RuntimeLock(
        `${name}-runtime-lock-${key}`,
        {
          agentRuntimeArn: runtime.arn,
          qualifiers: [...runtime.qualifiers],
          roleArns,
          breakGlassPrincipals,
          stopSession,
          runtimeUserId,
        },
        { ...opts, aliases: runtime.aliases.map((alias) => ({ name: `${name}-${alias}` })) },
      ),
  );
}

/** The runtimes by the last part of their locks' names. Agents share one if they have the same text or the same Output. */
function lockedRuntimes(
  settings: Settings & { readonly aliasKeys: AliasKeys },
  agentRuntimeArn: pulumi.Input<string>,
): ReadonlyMap<string, LockedRuntime> {
  const runtimes = new Map<string, LockedRuntime>();
  const names = new Map<pulumi.Input<string>, string>();
  const add = (agent: string, path: string, arn: pulumi.Input<string>, qualifiers: string[]): void => {
    const ofKey = path === SAMPLE ? "sample" : keyName(agent);
    const name = names.get(arn) ?? (typeof arn === "string" ? shortHash(arn) : ofKey);
    names.set(arn, name);
    const known = runtimes.get(name) ?? { path, arn, qualifiers: new Set(), aliases: [] };
    for (const each of qualifiers) known.qualifiers.add(each);
    known.aliases.push(...aliasNames(agent, settings.aliasKeys).filter((alias) => alias !== `runtime-lock-${name}`));
    runtimes.set(name, known);
  };
  if (agentRuntimeArn !== "") {
    const path = settings.sampleAgent ? SAMPLE : "agentRuntimeArn";
    add(INVOKE_KEY, path, agentRuntimeArn, qualifiersOf(settings));
  }
  for (const [agent, each] of Object.entries(settings.agents)) {
    add(agent, `agents.${agent}.agentRuntimeArn`, each.agentRuntimeArn, qualifiersOf(each));
  }
  return runtimes;
}

const SAMPLE = "sampleAgent";

/**
 * Checks of each Output that no other lock has its runtime; of two Outputs the later one is checked. Nothing waits for the check: with an
 * input that is rejected, a program of the Automation API would not end.
 */
function requireSeparate(all: readonly LockedRuntime[]): void {
  for (const [place, { arn, path }] of all.entries()) {
    if (typeof arn === "string") continue;
    const others = all.filter((each, index) => index !== place && (typeof each.arn === "string" || index < place));
    pulumi.all([arn, pulumi.all(others.map((each) => each.arn))]).apply(([own, arns]) => {
      requireUnusedRuntime(own, new Map(arns.map((each, index) => [each, others[index]?.path ?? ""])), path);
    });
  }
}

/**
 * @param pathsByArn the other runtimes, each with the path of its config value
 * @throws RunError if another agent has the runtime: if two locks share a runtime, deleting one removes the policy of both
 */
export function requireUnusedRuntime(arn: string, pathsByArn: ReadonlyMap<string, string>, path: string): void {
  const other = pathsByArn.get(arn);
  if (other === undefined) return;
  if (path === SAMPLE) {
    const agent = other.replace(/\.agentRuntimeArn$/, "");
    throw new pulumi.RunError(
      `\`${other}\` is the runtime of the sample agent, which \`sampleAgent\` puts behind /invoke. Remove \`${agent}\`, or set \`sampleAgent\` to false and \`agentRuntimeArn\` to a runtime of your own.`,
    );
  }
  throw new pulumi.RunError(
    `\`${path}\` and \`${other}\` are the same runtime, but two Outputs or an Output and a text. Each would have its own lock, and the end of one would remove the policy of both. Use the same Output for both.`,
  );
}
