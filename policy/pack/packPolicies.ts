import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { NO_CONTEXT } from "../model/graph";
import type { Rule, Settings } from "../model/rule";
import { activeWaiverMessage } from "./message";
import { isProduction, PACK_SETTINGS, type PackSettings } from "./packSettings";
import type { Memory } from "./policies";
import { runOf, type Run } from "./run";
import { settingsOf } from "./settings";
import { missedDoors, scopeMessage } from "./scopeMessage";
import { covers, sortWaivers, type Waiver } from "./waivers";

const PAGE = "docs/README.md";

/** Policies about the pack itself: what stands before the rules, and what stands behind them. */
export function packPolicies(
  rules: ReadonlyMap<string, Rule>,
  memory: Memory,
  today: () => string = () => new Date().toISOString().slice(0, 10),
): { readonly first: Policies; readonly last: Policies } {
  /** Reads the pack's settings for the policies that follow in the same run. */
  const begin = (run: Run, given: Settings): readonly string[] => {
    const { settings, problems } = settingsOf(PACK_SETTINGS, given);
    const { strict, scope, accounts, managedElsewhere, productionStacks, waivers } =
      settings as unknown as PackSettings;
    const sorted = sortWaivers(waivers, rules, {
      today: today(),
      isProduction: (stack) => isProduction(productionStacks, stack),
    });
    const context = { accounts, managedElsewhere: { ...NO_CONTEXT.managedElsewhere, ...managedElsewhere } };
    run.pack = { strict, scope, context, ...sorted };
    return problems;
  };

  const inUse = (run: Run, waiver: Waiver): boolean => {
    const rule = rules.get(waiver.rule);
    if (!rule) return false;
    if (run.found.get(rule.id)?.some((finding) => covers(waiver, rule, finding))) return true;
    const resource = run.whole([]).get(waiver.urn);
    if (!resource || !rule.resource?.types.includes(resource.type)) return false;
    const settings = memory.settings.get(rule.id) ?? settingsOf(rule.settings, {}).settings;
    return rule.resource.check(resource, settings).some((finding) => covers(waiver, rule, finding));
  };

  const waiverPolicy = (name: string, description: string, level: "mandatory" | "advisory", used: boolean) => ({
    name,
    description,
    severity: "medium" as const,
    url: PAGE,
    enforcementLevel: level,
    validateStack: ({ resources }: StackValidationArgs, report: ReportViolation) => {
      const run = runOf(name);
      const graph = run.whole(resources);
      for (const waiver of run.pack.active) {
        if (inUse(run, waiver) !== used) continue;
        const { rule, urn, finding } = waiver;
        report(
          used
            ? activeWaiverMessage(waiver)
            : `A waiver is not used: ${rule}, finding "${finding}", of ${urn}. Remove it: the next such finding would be let through unseen. (${PAGE})`,
          graph.get(urn) ? urn : undefined,
        );
      }
    },
  });

  const first = {
    name: "fd-pack",
    description: "The pack's own settings are valid, and every waiver is exact, reasoned, owned and in force.",
    severity: "high" as const,
    url: PAGE,
    remediationSteps: "Correct the policy pack config.",
    enforcementLevel: "mandatory" as const,
    configSchema: { properties: PACK_SETTINGS } as unknown as PolicyConfigSchema,
    validateResource: (args: Pick<ResourceValidationArgs, "getConfig" | "type">) => {
      const run = runOf("fd-pack");
      begin(run, args.getConfig());
      run.types = new Set([args.type]);
    },
    validateStack: (args: StackValidationArgs, report: ReportViolation) => {
      const run = runOf("fd-pack");
      const problems = begin(run, args.getConfig());
      run.types = new Set(run.graph(args.resources).types);
      for (const problem of problems) report(`${problem} (policy pack config of fd-pack; ${PAGE})`);
      for (const { message } of run.pack.problems) report(`${message} (policy pack config of fd-pack; ${PAGE})`);
      const { expectDoors } = settingsOf(PACK_SETTINGS, args.getConfig()).settings as unknown as PackSettings;
      for (const message of missedDoors(run.scope(args.resources), expectDoors)) report(`${message} (${PAGE})`);
    },
  };
  const scope = {
    name: "fd-pack-scope",
    description: "Every run says how many doors it has found, and how many resources it does not judge.",
    severity: "low" as const,
    url: PAGE,
    enforcementLevel: "advisory" as const,
    validateStack: ({ resources }: StackValidationArgs, report: ReportViolation) => {
      report(scopeMessage(runOf("fd-pack-scope").scope(resources)));
    },
  };
  return {
    first: [first],
    last: [
      waiverPolicy("fd-pack-unused-waivers", "Every waiver is for something that is found.", "mandatory", false),
      waiverPolicy("fd-pack-active-waivers", "Waivers in force are printed in every run.", "advisory", true),
      scope,
    ],
  };
}
