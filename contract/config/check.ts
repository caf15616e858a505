import { DEFAULTS } from "./defaults";
import { validateAuth } from "./validate/callers/auth";
import { validateAccess } from "./validate/access";
import { validateDomain } from "./validate/domain";
import { validateDoors } from "./validate/doors";
import { validateEdge } from "./validate/edge";
import { validateLimits } from "./validate/limits";
import { validateOperations } from "./validate/operations";
import { validateAgents } from "./validate/agents";
import { validateKnownCallers } from "./validate/callers/agentsCaller";
import { validateConcurrency } from "./validate/concurrency";
import { validateLock } from "./validate/lock";
import { validateNetwork } from "./validate/network";
import { validatePolicy } from "./validate/policy";
import { validateTarget } from "./validate/target";
import { validateWaf } from "./validate/waf";
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
    ...validateKnownCallers(settings),
    ...validateEdge(settings, region),
    ...validateWaf(settings),
  ];
  if (errors.length > 0) throw new Refusal(refusalText(errors));
  return settings;
}
