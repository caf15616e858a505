import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { levelOf, provenFirst, referencesOf, type Finding, type Rule, type Settings } from "../model/rule";
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
  const { id, description, resource } = rule;
  const types = typesOf(rule);
  const evaluate = (run: Run, given: Settings, report: Report, check: (settings: Settings) => readonly Finding[]) => {
    const { settings, problems } = settingsOf(rule.settings, given);
    memory.settings.set(id, settings);
    for (const text of problems) report(`${text} (policy pack config of ${id}; ${pageOf(id)})`);
    run.found.set(id, check(settings));
    for (const finding of open(run, rule))
      if (finding.status === "fail" || run.pack.strict) report(messageOf(rule, finding), finding);
  };
  return {
    ...metadata(rule),
    name: id,
    description,
    enforcementLevel: levelOf(rule),
    ...(rule.settings && { configSchema: { properties: rule.settings } as unknown as PolicyConfigSchema }),
    ...(resource && {
      validateResource: unless(never, id, resource.types, (args: ResourceValidationArgs, report: Said) => {
        if (!resource.types.includes(args.type))
          args.notApplicable(`Policy only applies to ${resource.types.join(", ")}`);
        const run = runOf(id);
        evaluate(run, args.getConfig(), first(rule, memory, run, report), (settings) =>
          run.isJudgedAlone(run.resource(args)) ? resource.check(run.resource(args), settings) : [],
        );
      }),
      ...(resource.remediate && {
        remediateResource: (args) => remediate(rule, args),
      }),
    }),
    validateStack: unless(hasSaidAll(rule), id, types, (args: StackValidationArgs, report: ReportViolation) => {
      const run = runOf(id);
      const present = run.graph(args.resources).types;
      if (types.length > 0 && !types.some((type) => present.includes(type)))
        args.notApplicable(`Policy only applies to stacks with ${types.join(", ")}`);
      evaluate(run, args.getConfig(), again(rule, memory, report), (settings) => ofStack(rule, run, args, settings));
    }),
  } as Policy;
}

/**
 * What a rule says of a whole stack. With the scope `doors` a resource alone does not show what it is for, so that its own validation leaves most
 * to the stack's.
 */
function ofStack(
  { resource, stack }: Rule,
  run: Run,
  { resources }: StackValidationArgs,
  settings: Settings,
): readonly Finding[] {
  const graph = run.graph(resources);
  const found = stack?.check(graph, settings) ?? [];
  if (run.pack.scope === "all" || !resource || resource.inputsOnly) return found;
  const alone = graph.all(...resource.types).flatMap((each) => resource.check(each, settings));
  // What the stack knows better than the resource is not doubted again.
  return provenFirst([...found, ...alone.filter(({ status }) => !stack || status === "fail")]);
}

const typesOf = ({ resource, stack }: Rule): readonly string[] => {
  if (stack?.types.length === 0) return [];
  return [...new Set([...(stack?.types ?? []), ...(resource?.types ?? [])])];
};

/** Whether a rule has nothing more to say of a stack: what is for single resources alone has spoken before. */
const hasSaidAll =
  ({ stack }: Rule) =>
  ({ pack }: Run): boolean =>
    !stack && pack.scope === "all";

function twinPolicy(rule: Rule, memory: Memory): Policy {
  const name = unprovenId(rule.id);
  const { resource } = rule;
  const proven = (run: Run) => !run.found.get(rule.id)?.some(({ status }) => status === "unproven");
  const reportAll = (run: Run, report: Report) => {
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
        const run = runOf(name);
        reportAll(run, first(rule, memory, run, report));
      }),
    }),
    validateStack: unless(proven, name, typesOf(rule), (_: StackValidationArgs, report: ReportViolation) => {
      reportAll(runOf(name), again(rule, memory, report));
    }),
  } as Policy;
}

type Said = (message: string) => void;

type Report = (message: string, finding?: Finding) => void;

const keyOf = ({ id }: Rule, { status, resource, finding }: Finding): string =>
  JSON.stringify([id, status, resource.urn, finding]);

/** Reports from a resource's own validation, where the engine knows the resource. */
function first(rule: Rule, { reported }: Memory, { pack }: Run, report: Said): Report {
  return (message, finding) => {
    if (finding && (rule.stack || pack.scope === "doors")) reported.add(keyOf(rule, finding));
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
