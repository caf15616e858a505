import * as pulumi from "@pulumi/pulumi";
import { parseRuntimeArn } from "../../contract/aws/arn";
import { closest } from "../../contract/config/validate/shape";
import { shortHash } from "../shared/shortHash";

/** Former keys by the present key of an agent: see `FrontDoorArgs`. */
export type AliasKeys = Readonly<Record<string, readonly string[]>>;

/** The key of the runtime behind `/invoke`. No agent can be called so. */
export const INVOKE_KEY = "/invoke";

/** The last part of the name of a lock whose runtime is an Output, from the key of its agent. */
export function keyName(key: string): string {
  return key === INVOKE_KEY ? "invoke" : `agent-${key}`;
}

/** Every name, without the prefix of the stack, that the lock of an agent's runtime may have had. */
export function aliasNames(key: string, aliasKeys: AliasKeys): string[] {
  // Earlier versions named every lock after its agent.
  const ofVersions = key === INVOKE_KEY ? "lock" : `lock-${key}`;
  const formerNames = (aliasKeys[key] ?? []).map((former) =>
    parseRuntimeArn(former) === undefined ? keyName(former) : shortHash(former),
  );
  return [ofVersions, ...[keyName(key), ...formerNames].map((name) => `runtime-lock-${name}`)];
}

/**
 * Validates `aliasKeys`.
 *
 * @param keys the present keys of agents
 * @throws RunError naming the key and the remedy
 */
export function requireAliasKeys(aliasKeys: AliasKeys, keys: readonly string[], lockRuntime: boolean): void {
  const refuse = (text: string): never => {
    throw new pulumi.RunError(text);
  };
  if (Object.keys(aliasKeys).length > 0 && !lockRuntime) {
    refuse(
      "`aliasKeys` is set, but `lockRuntime` is false: there is no lock to keep. Set `lockRuntime` to true, or remove `aliasKeys`.",
    );
  }
  for (const [key, formers] of Object.entries(aliasKeys)) {
    if (!keys.includes(key)) {
      refuse(
        `\`aliasKeys\` has the key "${key}", which is no agent${closest(key, keys)}. Use a present key of \`agents\`, or ${INVOKE_KEY}.`,
      );
    }
    const present = formers.find((former) => keys.includes(former));
    if (present !== undefined) {
      refuse(
        `\`aliasKeys.${key}\` names "${present}", which is an agent now. An alias is a key that no agent has any more: give both agents new keys.`,
      );
    }
  }
}
