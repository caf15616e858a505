import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { levelOf, referencesOf, type Rule } from "../model/rule";
import type { Memory } from "./memory";
import { messageOf, pageOf, unprovenId } from "./message";
import { remediate } from "./remediation";
import { typesOf, type Half, type Run } from "./run";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * A rule as two policies: one for what is proven wrong, mandatory unless the rule only advises, and an advisory twin for what is not known yet. Two,
 * because CrossGuard gives a level to a policy, not to a finding. The twin of a disabled rule is silent.
 */
export function policiesOf(rule: Rule, memory: Memory): Policies {
  const { id, description, resource } = rule;
  const proven = half(rule, memory, id, "proven", {
    description,
    enforcementLevel: levelOf(rule),
    ...(rule.settings && { configSchema: { properties: rule.settings } as unknown as PolicyConfigSchema }),
    ...(resource?.remediate && { remediateResource: (args: ResourceValidationArgs) => remediate(rule, args) }),
  });
  const unproven = half(rule, memory, unprovenId(id), "unproven", {
    description: `Not known before the update: ${description}`,
    enforcementLevel: "advisory",
  });
  return [proven, unproven];
}

/**
 * A policy that the SDK does not see where it has nothing to say: it would unpack every resource of the stack for it. Of a stack without the
 * resources of a rule, the SDK is told that the rule does not apply.
 */
function half(rule: Rule, memory: Memory, name: string, which: Half, more: object): Policy {
  const says = (run: Run): boolean => {
    if (which === "unproven") return run.asked.has(rule.id) && run.toReport(rule, which).length > 0;
    run.asked.add(rule.id);
    return !memory.knows(rule.id) || run.toReport(rule, which).length > 0;
  };
  const validate = (
    args: ResourceValidationArgs | StackValidationArgs,
    report: (message: string, urn?: string) => void,
  ): void => {
    const run = memory.enter(name, args);
    if (which === "proven") run.asked.add(rule.id);
    for (const finding of run.asked.has(rule.id) ? run.toReport(rule, which) : []) {
      run.noteReported(rule, finding);
      report(messageOf(rule, finding), finding.resource.urn);
    }
  };
  const ofResource = (args: ResourceValidationArgs, report: (message: string) => void): void => {
    validate(args, (message) => {
      report(message);
    });
  };
  const ofStack = (args: StackValidationArgs, report: ReportViolation): void => {
    const isKnown = memory.knows(name);
    validate(args, report);
    // `fd-pack` says it for all rules, if it knew the settings of this one before.
    if (!isKnown && which === "proven") for (const message of settingMistakes(rule, memory)) report(message);
    if (which === "proven" && !memory.current("stack").some((run) => run.applies(rule)))
      args.notApplicable(`Policy only applies to ${typesOf(rule).join(", ")}`);
  };
  // The SDK asks a stack for a resource of this type, which there is none of.
  const notApplicable = Object.assign(() => undefined, { __pulumiType: `${typesOf(rule).join(" or ")}, of a door` });
  return Object.defineProperties(
    { ...metadata(rule), name, ...more },
    {
      validateResource: {
        enumerable: true,
        get: () => {
          // What looks at stacks alone is called for a resource once, to learn its settings.
          if (!rule.resource && (memory.current("resource").length === 0 || memory.knows(name))) return undefined;
          if (!rule.resource && which === "unproven") return undefined;
          return memory.isNeeded("resource", name, says) ? ofResource : undefined;
        },
      },
      validateStack: {
        enumerable: true,
        get: () => {
          if (memory.isNeeded("stack", name, says)) return ofStack;
          return memory.current("stack").some((run) => run.applies(rule)) ? undefined : notApplicable;
        },
      },
    },
  ) as Policy;
}

/** What is wrong with the settings of a rule. */
export function settingMistakes(rule: Rule, memory: Memory): readonly string[] {
  return memory
    .settingsOf(rule)
    .problems.map((problem) => `${problem} (policy pack config of ${rule.id}; ${pageOf(rule.id)})`);
}

function metadata({ severity, remediationSteps, frameworks, id }: Rule) {
  const references = referencesOf(frameworks).map((reference) => reference.join(":"));
  return {
    severity,
    remediationSteps,
    url: pageOf(id),
    tags: references,
    framework: { name: "agentcore-front-door", reference: id, specification: references.join(", ") },
  };
}
