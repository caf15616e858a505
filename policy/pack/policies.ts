import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { referencesOf, type Finding, type Rule, type Settings } from "../model/rule";
import { messageOf, pageOf, unprovenId } from "./message";
import { remediate } from "./remediation";
import { runAhead, runOf, type Run } from "./run";
import { settingsOf } from "./settings";
import { covers } from "./waivers";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** What the policies of a pack remember between the engine's requests. */
export class Memory {
  /** Settings that each rule was last given: waivers of a resource rule are counted where the rule itself does not run. */
  readonly settings = new Map<string, Settings>();
  /** What resource forms have reported and no stack form has seen again: one finding is reported once. */
  readonly reported = new Set<string>();
}

/**
 * A rule as two policies: one for what is proven wrong, mandatory unless the rule only advises, and an advisory twin for what is not known yet. Two,
 * because CrossGuard gives a level to a policy, not to a finding. The twin reports what its rule found in the same run.
 */
export function policiesOf(rule: Rule, memory: Memory): Policies {
  return [rulePolicy(rule, memory), twinPolicy(rule, memory)];
}

function rulePolicy(rule: Rule, memory: Memory): Policy {
  const { id, description, resource, stack } = rule;
  const evaluate = (given: Settings, report: Report, check: (run: Run, settings: Settings) => readonly Finding[]) => {
    const run = runOf(id);
    const { settings, problems } = settingsOf(rule.settings, given);
    memory.settings.set(id, settings);
    for (const text of problems) report(`${text} (policy pack config of ${id}; ${pageOf(id)})`);
    run.found.set(id, check(run, settings));
    for (const finding of open(run, rule))
      if (finding.status === "fail" || run.pack.strict) report(messageOf(rule, finding), finding);
  };
  return {
    ...metadata(rule),
    name: id,
    description,
    enforcementLevel: rule.level ?? "mandatory",
    ...(rule.settings && { configSchema: { properties: rule.settings } as unknown as PolicyConfigSchema }),
    ...(resource && {
      validateResource: unless(never, id, resource.types, (args: ResourceValidationArgs, report: Said) => {
        if (!resource.types.includes(args.type))
          args.notApplicable(`Policy only applies to ${resource.types.join(", ")}`);
        evaluate(args.getConfig(), first(rule, memory, report), (run, settings) =>
          resource.check(run.resource(args), settings),
        );
      }),
      ...(resource.remediate && {
        remediateResource: (args) => remediate(rule, args),
      }),
    }),
    ...(stack && {
      validateStack: unless(never, id, stack.types, (args: StackValidationArgs, report: ReportViolation) => {
        if (!isConcerned(stack.types, args))
          args.notApplicable(`Policy only applies to stacks with ${stack.types.join(", ")}`);
        evaluate(args.getConfig(), again(rule, memory, report), (run, settings) =>
          stack.check(run.graph(args.resources), settings),
        );
      }),
    }),
  } as Policy;
}

function twinPolicy(rule: Rule, memory: Memory): Policy {
  const name = unprovenId(rule.id);
  const { resource, stack } = rule;
  const proven = (run: Run) => !run.found.get(rule.id)?.some(({ status }) => status === "unproven");
  const reportAll = (report: Report) => {
    const run = runOf(name);
    if (run.pack.strict) return;
    for (const finding of open(run, rule)) if (finding.status === "unproven") report(messageOf(rule, finding), finding);
  };
  return {
    ...metadata(rule),
    name,
    description: `Not known before the update: ${rule.description}`,
    enforcementLevel: "advisory",
    ...(resource && {
      validateResource: unless(proven, name, resource.types, (args: ResourceValidationArgs, report: Said) => {
        if (!resource.types.includes(args.type)) return;
        reportAll(first(rule, memory, report));
      }),
    }),
    ...(stack && {
      validateStack: unless(proven, name, stack.types, (_: StackValidationArgs, report: ReportViolation) => {
        reportAll(again(rule, memory, report));
      }),
    }),
  } as Policy;
}

type Said = (message: string) => void;

type Report = (message: string, finding?: Finding) => void;

const keyOf = ({ id }: Rule, { status, resource, finding }: Finding): string =>
  JSON.stringify([id, status, resource.urn, finding]);

/** Reports from a resource's own validation, where the engine knows the resource. */
function first(rule: Rule, { reported }: Memory, report: Said): Report {
  return (message, finding) => {
    if (finding && rule.stack) reported.add(keyOf(rule, finding));
    report(message);
  };
}

/** Reports from the stack's validation, unless the resource's own has said the same. */
function again(rule: Rule, { reported }: Memory, report: ReportViolation): Report {
  return (message, finding) => {
    if (finding && reported.delete(keyOf(rule, finding))) return;
    report(message, finding?.resource.urn);
  };
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

const never = (): boolean => false;

function isConcerned(types: readonly string[], { resources }: StackValidationArgs): boolean {
  return types.length === 0 || resources.some(({ type }) => types.includes(type));
}

/** What a rule has found in a run and no waiver covers. */
function open(run: Run, rule: Rule): readonly Finding[] {
  return (run.found.get(rule.id) ?? []).filter(
    (finding) => !run.pack.active.some((waiver) => covers(waiver, rule, finding)),
  );
}

/**
 * Has the SDK leave a policy out without unpacking a single resource for it, where that is certain to change nothing. It reads
 * a type off the function for that, and here the answer is made when it is read: with a hundred policies, unpacking is most of
 * the time.
 */
function unless<F extends object>(
  idle: (run: Run) => boolean,
  policy: string,
  types: readonly string[],
  validate: F,
): F {
  return Object.defineProperty(validate, "__pulumiType", {
    enumerable: true,
    get: () => {
      const run = runAhead(policy);
      if (!run?.types) return undefined;
      const present = types.length === 0 ? [...run.types][0] : types.find((type) => run.types?.has(type));
      return present === undefined || idle(run) ? `${types.join(" or ")} (${policy})` : present;
    },
  });
}
