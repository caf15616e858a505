import { DEFAULTS } from "./defaults";
import { authMistakes } from "./validate/auth";
import { accessMistakes } from "./validate/access";
import { domainMistakes } from "./validate/domain";
import { doorMistakes } from "./validate/doors";
import { edgeMistakes } from "./validate/edge";
import { limitMistakes } from "./validate/limits";
import { operationsMistakes } from "./validate/operations";
import { agentMistakes } from "./validate/agents";
import { concurrencyMistakes } from "./validate/concurrency";
import { lockMistakes } from "./validate/lock";
import { networkMistakes } from "./validate/network";
import { policyMistakes } from "./validate/policy";
import { targetMistakes } from "./validate/target";
import { wafMistakes } from "./validate/waf";
import { refusalText } from "./read";
import type { StackConfig } from "./schema";
import type { Settings } from "./settings";

/**
 * Fills in the defaults and checks the whole config before any resource exists.
 *
 * @param region region of the stack, undefined where the provider takes it from elsewhere
 * @param Refusal the error to throw; the engine shows a RunError without a stack trace
 * @throws Refusal with one line for each mistake: the key, what was found, what is allowed
 */
export function checkSettings(
  config: StackConfig,
  region: string | undefined,
  Refusal: new (message: string) => Error = Error,
): Settings {
  // Checked below: until then only the compiler takes it for settings.
  const settings = { ...structuredClone(DEFAULTS), ...config } as Settings;
  const mistakes = [
    ...targetMistakes(settings, region),
    ...agentMistakes(settings, region),
    ...lockMistakes(settings),
    ...doorMistakes(settings),
    ...authMistakes(settings, region),
    ...limitMistakes(settings),
    ...operationsMistakes(settings, region),
    ...concurrencyMistakes(settings),
    ...accessMistakes(settings),
    ...domainMistakes(settings, region),
    ...networkMistakes(settings, region),
    ...policyMistakes(settings),
    ...edgeMistakes(settings, region),
    ...wafMistakes(settings),
  ];
  if (mistakes.length > 0) throw new Refusal(refusalText(mistakes));
  return settings;
}
