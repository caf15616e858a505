import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { levelOf, referencesOf, type Rule } from "../model/rule";
import type { Memory } from "./memory";
import { messageOf, pageOf, unprovenId } from "./message";
import { remediate } from "./remediation";
import { typesOf, type Half, type Run } from "./run";

/**
 * A rule as two policies: one for what is proven wrong, mandatory unless the rule only advises, and an advisory twin for what is not known yet. Two,
 * because CrossGuard gives a level to a policy, not to a finding. The twin of a disabled rule is silent.
 */
export function policiesOf(rule: Rule, memory: Memory): Policies {
  return [new RulePolicy(rule, memory, "proven"), new RulePolicy(rule, memory, "unproven")] as unknown as Policies;
}

type Validate<A, R> = ((args: A, report: R) => void) | undefined;

/**
 * A policy that the SDK does not see where it has nothing to say: it would unpack every resource of the stack for it. Of a stack without the
 * resources of a rule, the SDK is told that the rule does not apply. A class, since the SDK reads hundreds of policies for each resource.
 */
class RulePolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: string;
  readonly severity: Rule["severity"];
  readonly remediationSteps: string;
  readonly url: string;
  readonly tags: string[];
  readonly framework: { readonly name: string; readonly reference: string; readonly specification: string };
  readonly configSchema: PolicyConfigSchema | undefined;
  /** Whether the SDK has called it, and so said what its settings are. */
  private isKnown = false;

  constructor(
    private readonly rule: Rule,
    private readonly memory: Memory,
    private readonly half: Half,
  ) {
    const { id, description, severity, remediationSteps, frameworks, settings } = rule;
    const isProven = half === "proven";
    this.name = isProven ? id : unprovenId(id);
    this.description = isProven ? description : `Not known before the update: ${description}`;
    this.enforcementLevel = isProven ? levelOf(rule) : "advisory";
    this.severity = severity;
    this.remediationSteps = remediationSteps;
    this.url = pageOf(id);
    this.tags = referencesOf(frameworks).map((reference) => reference.join(":"));
    this.framework = { name: "agentcore-front-door", reference: id, specification: this.tags.join(", ") };
    this.configSchema = isProven && settings ? ({ properties: settings } as unknown as PolicyConfigSchema) : undefined;
  }

  get validateResource(): Validate<ResourceValidationArgs, (message: string) => void> {
    const { memory, rule, half } = this;
    if (memory.isQuiet && (this.isKnown || half === "unproven")) return undefined;
    // What looks at stacks alone is called for a resource once, to learn its settings.
    if (!rule.resource && (half === "unproven" || this.isKnown || memory.current("resource").length === 0))
      return undefined;
    return memory.isNeeded("resource", this.name, this.says) ? this.ofResource : undefined;
  }

  get validateStack(): Validate<StackValidationArgs, ReportViolation> {
    const { memory, rule } = this;
    if (memory.isNeeded("stack", this.name, this.says)) return this.ofStack;
    return memory.current("stack").some((run) => run.applies(rule)) ? undefined : this.notApplicable;
  }

  /** A policy that mends is asked about every resource; one that is not called has nothing to mend. */
  get remediateResource(): ((args: ResourceValidationArgs) => Record<string, unknown> | undefined) | undefined {
    if (this.half === "unproven" || !this.rule.resource?.remediate || this.memory.isQuiet) return undefined;
    return (args) => remediate(this.rule, args);
  }

  private readonly says = (run: Run): boolean => {
    const { rule, half } = this;
    if (half === "unproven") return run.asked.has(rule.id) && run.toReport(rule, half).length > 0;
    run.asked.add(rule.id);
    return !this.isKnown || run.toReport(rule, half).length > 0;
  };

  private readonly ofResource = (args: ResourceValidationArgs, report: (message: string) => void): void => {
    this.validate(args, (message) => {
      report(message);
    });
  };

  private readonly ofStack = (args: StackValidationArgs, report: ReportViolation): void => {
    const { memory, rule, half } = this;
    const wasKnown = this.isKnown;
    this.validate(args, report);
    if (half === "unproven") return;
    // `fd-pack` says it for all rules, if it knew the settings of this one before.
    if (!wasKnown) for (const message of settingMistakes(rule, memory)) report(message);
    if (!memory.current("stack").some((run) => run.applies(rule)))
      args.notApplicable(`Policy only applies to ${typesOf(rule).join(", ")}`);
  };

  /** The SDK asks a stack for a resource of this type, which there is none of. */
  private get notApplicable(): Validate<StackValidationArgs, ReportViolation> {
    return Object.assign(() => undefined, { __pulumiType: `${typesOf(this.rule).join(" or ")}, of a door` });
  }

  private validate(
    args: ResourceValidationArgs | StackValidationArgs,
    report: (message: string, urn?: string) => void,
  ): void {
    const { memory, rule, half } = this;
    const run = memory.enter(this.name, args);
    this.isKnown = true;
    if (half === "proven") run.asked.add(rule.id);
    for (const finding of run.asked.has(rule.id) ? run.toReport(rule, half) : []) {
      run.noteReported(rule, finding);
      report(messageOf(rule, finding), finding.resource.urn);
    }
  }
}

/** What is wrong with the settings of a rule. */
export function settingMistakes(rule: Rule, memory: Memory): readonly string[] {
  return memory
    .settingsOf(rule)
    .problems.map((problem) => `${problem} (policy pack config of ${rule.id}; ${pageOf(rule.id)})`);
}
