import { DEFAULTS } from "./defaults";
import { validateStackAnswers } from "./validate/agents/answers";
import { validateAuth } from "./validate/callers/auth";
import { validateAccess } from "./validate/network/access";
import { validateDomain } from "./validate/network/domain";
import { validateDoors } from "./validate/doors";
import { validateEdge } from "./validate/network/edge";
import { validateStackHooks } from "./validate/hooks";
import { validateLimits } from "./validate/limits";
import { validateBoolean } from "./validate/shape";
import { validateOperations } from "./validate/operations";
import { validateAgents } from "./validate/agents/agents";
import { validateKnownCallers } from "./validate/callers/agentsCaller";
import { validateConcurrency } from "./validate/concurrency";
import { validateLock } from "./validate/agents/lock";
import { validateNetwork } from "./validate/network/network";
import { validateRoles } from "./validate/roles";
import { validatePolicy } from "./validate/policy";
import { validateTarget } from "./validate/agents/target";
import { validateWaf } from "./validate/network/waf";
import { refusalText } from "./read";
import type { StackConfig } from "./schema";
import type { Settings } from "./settings";

/**
 * Adds the defaults and validates the whole config before any resource exists.
 *
 * @param region region of the stack; undefined if it is unknown
 * @param Refusal class of the error to throw; the engine shows a RunError without a stack trace
 * @throws Refusal with one line for each invalid value: the key, the value, what is allowed
 */
export function checkSettings(
  config: StackConfig,
  region: string | undefined,
  Refusal: new (message: string) => Error = Error,
): Settings {
  // The type is correct only after the validation below.
  const settings = { ...structuredClone(DEFAULTS), ...config } as Settings;
  const errors = [
    ...validateSwitches(settings),
    ...validateTarget(settings, region),
    ...validateAgents(settings, region),
    ...validateLock(settings),
    ...validateDoors(settings, region),
    ...validateAuth(settings, region),
    ...validateLimits(settings),
    ...validateOperations(settings, region),
    ...validateConcurrency(settings),
    ...validateAccess(settings),
    ...validateDomain(settings, region),
    ...validateNetwork(settings, region),
    ...validatePolicy(settings),
    ...validateStackAnswers(settings),
    ...validateStackHooks(settings, region),
    ...validateKnownCallers(settings),
    ...validateEdge(settings, region),
    ...validateWaf(settings, region),
    ...validateRoles(settings),
  ];
  // The policy of a single component is validated without the other keys, so that its switches are validated twice here.
  if (errors.length > 0) throw new Refusal(refusalText([...new Set(errors)]));
  return settings;
}

/** Validates the type of every key whose default is true or false. Such a key needs no rule of its own. */
function* validateSwitches(settings: Settings): Generator<string> {
  for (const [key, value] of Object.entries(settings))
    if (typeof DEFAULTS[key as keyof typeof DEFAULTS] === "boolean") yield* validateBoolean(key, value);
}
