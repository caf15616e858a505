import type { DoorName } from "./doors";
import { DEFAULTS } from "./defaults";
import { authMistakes } from "./mistakes/auth";
import { accessMistakes } from "./mistakes/access";
import { domainMistakes } from "./mistakes/domain";
import { doorMistakes } from "./mistakes/doors";
import { edgeMistakes } from "./mistakes/edge";
import { limitMistakes } from "./mistakes/limits";
import { operationsMistakes } from "./mistakes/operations";
import { agentMistakes } from "./mistakes/agents";
import { concurrencyMistakes } from "./mistakes/concurrency";
import { lockMistakes } from "./mistakes/lock";
import { networkMistakes } from "./mistakes/network";
import { policyMistakes } from "./mistakes/policy";
import { targetMistakes } from "./mistakes/target";
import { wafMistakes } from "./mistakes/waf";
import { refusalText } from "./readConfig";
import type { WafRateKey } from "./waf";
import type { StackConfig } from "./stackConfig";

/** How callers prove themselves at the REST doors. */
export const REST_AUTHS = ["iam", "apiKey", "cognito", "jwt", "custom"] as const;
export type RestAuth = (typeof REST_AUTHS)[number];

/** The stack config, checked and with its defaults. */
export interface Settings extends Required<StackConfig> {
  doors: DoorName[];
  apiAuth: RestAuth;
  wafRateKey: WafRateKey;
}

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
    ...networkMistakes(settings),
    ...policyMistakes(settings),
    ...edgeMistakes(settings),
    ...wafMistakes(settings),
  ];
  if (mistakes.length > 0) throw new Refusal(refusalText(mistakes));
  return settings;
}
