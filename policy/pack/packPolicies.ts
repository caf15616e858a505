import type { Policies, PolicyConfigSchema } from "@pulumi/policy";
import { NO_CONTEXT } from "../model/graph";
import type { Rule } from "../model/rule";
import type { Memory } from "./memory";
import { activeWaiverMessage } from "./message";
import { isProduction, PACK_SETTINGS, type PackSettings } from "./packSettings";
import { PackPolicy, PAGE, type PackPolicyOptions, type Said } from "./packPolicy";
import { settingMistakes } from "./policies";
import type { Run } from "./run";
import { settingsOf } from "./settings";
import { missedDoors, scopeMessage } from "./scopeMessage";
import { covers, sameStack, sortWaivers, type Waiver } from "./waivers";

const OF_CONFIG = `(policy pack config of fd-pack; ${PAGE})`;

/** Policies about the pack itself: what stands before the rules, and what stands behind them. */
export function packPolicies(
  rules: ReadonlyMap<string, Rule>,
  memory: Memory,
  today: () => string = () => new Date().toISOString().slice(0, 10),
): { readonly first: Policies; readonly last: Policies } {
  const packSettings = () => {
    const { settings, problems } = memory.readSettings("fd-pack", PACK_SETTINGS);
    return { settings: settings as unknown as PackSettings, problems };
  };

  memory.readPack = (given) => {
    const { strict, scope, accounts, managedElsewhere, productionStacks, waivers } = settingsOf(PACK_SETTINGS, given)
      .settings as unknown as PackSettings;
    const sorted = sortWaivers(waivers, rules, {
      today: today(),
      isProduction: (stack) => isProduction(productionStacks, stack),
    });
    const context = { accounts, managedElsewhere: { ...NO_CONTEXT.managedElsewhere, ...managedElsewhere } };
    return { strict, scope, context, ...sorted };
  };

  /** What is wrong with the config: of the pack, of its waivers, and of every rule, also of one that finds nothing to look at. */
  const mistakes = (run: Run): Said => {
    const { settings, problems } = packSettings();
    return [
      ...problems.map((problem) => `${problem} ${OF_CONFIG}`),
      ...[...rules.values()].flatMap((rule) => settingMistakes(rule, memory)),
      ...run.pack.problems
        .filter(({ urn, isMistyped }) => isMistyped || urn === undefined || sameStack(urn, run.whole))
        .map(({ message }) => `${message} ${OF_CONFIG}`),
      ...missedDoors(run.scope, settings.expectDoors, (urn) => sameStack(urn, run.whole)).map(
        (message) => `${message} (${PAGE})`,
      ),
    ].map((message) => [message] as const);
  };

  const inUse = (run: Run, waiver: Waiver): boolean => {
    const rule = rules.get(waiver.rule);
    if (!rule) return false;
    if (run.findings(rule).some((finding) => covers(waiver, rule, finding))) return true;
    const resource = run.whole.get(waiver.urn);
    if (!resource || !rule.resource?.types.includes(resource.type)) return false;
    return rule.resource
      .check(resource, memory.settingsOf(rule).settings)
      .some((finding) => covers(waiver, rule, finding));
  };

  /** Waivers of this stack: one config serves many, and each judges its own. */
  const waivers = (run: Run, used: boolean): readonly Waiver[] =>
    run.pack.active.filter((waiver) => sameStack(waiver.urn, run.whole) && inUse(run, waiver) === used);

  const policies = (...options: readonly PackPolicyOptions[]): Policies =>
    options.map((each) => new PackPolicy(memory, each)) as unknown as Policies;

  const first = policies(
    {
      name: "fd-pack-scope",
      description: "Every run says how many doors it has found, and how many resources it does not judge.",
      severity: "low",
      level: "advisory",
      says: (run) => [[scopeMessage(run.scope)]],
      isFirst: true,
    },
    {
      name: "fd-pack",
      description: "The pack's own settings are valid, and every waiver is exact, reasoned, owned and in force.",
      severity: "high",
      level: "mandatory",
      says: mistakes,
      remediationSteps: "Correct the policy pack config.",
      configSchema: { properties: PACK_SETTINGS } as unknown as PolicyConfigSchema,
    },
  );
  const last = policies(
    {
      name: "fd-pack-unused-waivers",
      description: "Every waiver is for something that is found.",
      severity: "medium",
      level: "mandatory",
      says: (run) =>
        waivers(run, false).map(({ rule, urn, finding }) => [
          `A waiver is not used: ${rule}, finding "${finding}", of ${urn}. Remove it: the next such finding would be let through unseen. (${PAGE})`,
          run.whole.get(urn) ? urn : undefined,
        ]),
    },
    {
      name: "fd-pack-active-waivers",
      description: "Waivers in force are printed in every run.",
      severity: "medium",
      level: "advisory",
      says: (run) => waivers(run, true).map((waiver) => [activeWaiverMessage(waiver), waiver.urn]),
    },
  );
  return { first, last };
}
