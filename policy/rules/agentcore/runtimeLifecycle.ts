import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { at, is, list, UNKNOWN } from "../../model/value";

interface Settings {
  readonly maxIdleSeconds: number;
  readonly maxLifetimeSeconds: number;
}

/** AgentCore's own, where a runtime sets none. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html */
const DEFAULTS = { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 };

export const runtimeLifecycle = defineRule<Settings>({
  id: "fd-agentcore-runtime-lifecycle",
  description: "Sessions of a runtime end: after a bounded time without a call, and after a bounded life.",
  rationale:
    "A session is a microVM that is paid for while it lives, counts against the account's quota, and holds a user's data in memory. With a capacity provider it may live 14 days (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD48"] },
  remediationSteps:
    "Set lifecycleConfigurations with idleRuntimeSessionTimeout and maxLifetime, in seconds, below the settings maxIdleSeconds and maxLifetimeSeconds.",
  settings: {
    maxIdleSeconds: {
      type: "integer",
      minimum: 60,
      default: DEFAULTS.idleRuntimeSessionTimeout,
      description: "Longest time without a call, seconds.",
    },
    maxLifetimeSeconds: {
      type: "integer",
      minimum: 60,
      default: DEFAULTS.maxLifetime,
      description: "Longest life of a session, seconds.",
    },
  },
  resource: {
    types: [TYPES.agentRuntime],
    check: (runtime, { maxIdleSeconds, maxLifetimeSeconds }) => {
      const blocks = list(runtime.props["lifecycleConfigurations"]);
      const block = blocks === UNKNOWN ? UNKNOWN : blocks[0];
      const judged = (name: keyof typeof DEFAULTS, most: number) => {
        const seconds = at(block, name) ?? DEFAULTS[name];
        return judgeProperty(
          runtime,
          `lifecycleConfigurations[0].${name}`,
          seconds,
          is(seconds, (known) => Number(known) > 0 && Number(known) <= most),
          `${most} at the most`,
        );
      };
      return [...judged("idleRuntimeSessionTimeout", maxIdleSeconds), ...judged("maxLifetime", maxLifetimeSeconds)];
    },
  },
});
