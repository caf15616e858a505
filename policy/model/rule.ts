import type { Severity } from "@pulumi/policy";
import type { PolicyGraph, Resource } from "./graph";
import { show, UNKNOWN, type Truth } from "./value";

/** What a rule says of one resource. `unproven`: not known yet, so neither a pass nor a failure. */
export interface Finding {
  readonly status: "fail" | "unproven";
  readonly resource: Resource;
  /** Names the finding within its rule and resource, for example the property's path. Stable: waivers name it. */
  readonly finding: string;
  /** What was found, for example "`authorizationType` is \"NONE\"". Never a secret. */
  readonly seen: string;
  /** What is wanted, for example "\"AWS_IAM\"". */
  readonly wanted: string;
}

/** Controls and rules elsewhere that ask for the same thing, by their own ids. */
export interface Frameworks {
  /** Row of the project's own catalogue, for example FD01. */
  readonly catalogue?: readonly string[];
  /** AWS Security Hub CSPM controls, for example APIGateway.4. */
  readonly securityHub?: readonly string[];
  readonly checkov?: readonly string[];
  readonly cdkNag?: readonly string[];
  readonly trivy?: readonly string[];
  readonly cfnGuard?: readonly string[];
  readonly prowler?: readonly string[];
  readonly kics?: readonly string[];
  /** @pulumi/compliance-policies and awsguard. */
  readonly pulumi?: readonly string[];
}

/** Each framework and id that a rule corresponds to. */
export function referencesOf(frameworks: Frameworks): readonly (readonly [framework: string, id: string])[] {
  return Object.entries(frameworks as Record<string, readonly string[]>).flatMap(([framework, ids]) =>
    ids.map((id) => [framework, id] as const),
  );
}

/** JSON schema (draft 7) of one setting; the default stands in it. */
export interface SettingSchema {
  readonly type: "boolean" | "integer" | "number" | "string" | "array" | "object";
  readonly description: string;
  readonly default: unknown;
  readonly [keyword: string]: unknown;
}

export type Settings = Readonly<Record<string, unknown>>;

/** What one resource alone decides: it stops that resource before it is changed. */
export interface ResourceForm<S> {
  readonly types: readonly string[];
  readonly check: (resource: Resource, settings: S) => readonly Finding[];
  /** It asks what the program gives, which the outputs of the stack's resources hide. The stack form follows it by other means. */
  readonly inputsOnly?: true;
  /** Changes that mend what `check` found, only where a changed value breaks no caller. Applied at level `remediate` alone. */
  readonly remediate?: (resource: Resource, settings: S) => readonly Edit[];
}

/** What only the whole stack decides: it follows dependencies, which are known in preview. */
export interface StackForm<S> {
  /** Without a resource of these types the rule does not apply. */
  readonly types: readonly string[];
  readonly check: (graph: PolicyGraph, settings: S) => readonly Finding[];
}

/** Sets the property at a path. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: boolean | string | number;
}

/** Pure: reads resources, returns findings, never throws, never lets an unknown pass. */
export interface Rule<S = Settings> {
  /** `fd-<service>-<rule>`; stable, since pack config and waivers name it. */
  readonly id: string;
  /** States the rule, in one sentence. */
  readonly description: string;
  /** Why, and the source of the fact. */
  readonly rationale: string;
  /**
   * By three questions: does a stranger get in, can he spend, can he read? Critical and high are mandatory; the others advise.
   */
  readonly severity: Severity;
  /** General hygiene, which Security Hub and other packs ask for as well: off unless the pack's config gives the rule a level. */
  readonly group?: "hygiene";
  readonly frameworks: Frameworks;
  /** What to do, in full sentences. */
  readonly remediationSteps: string;
  /** What a stack may set, with defaults. */
  readonly settings?: { readonly [K in keyof S]: SettingSchema };
  /** No waiver holds in a production stack. */
  readonly unwaivable?: true;
  readonly resource?: ResourceForm<S>;
  readonly stack?: StackForm<S>;
}

/** Level of what a rule proves wrong where it is switched on. */
export function gradeOf({ severity }: Pick<Rule, "severity">): "mandatory" | "advisory" {
  return severity === "critical" || severity === "high" ? "mandatory" : "advisory";
}

/** Level of a rule, unless the pack's config sets another. */
export function levelOf(rule: Pick<Rule, "severity" | "group">): "mandatory" | "advisory" | "disabled" {
  return rule.group === "hygiene" ? "disabled" : gradeOf(rule);
}

/** Types a rule's settings where it is written; the pack treats all rules alike. */
export function defineRule<S = Settings>(rule: Rule<S>): Rule {
  return rule as unknown as Rule;
}

/** No finding for what is true, `fail` for what is false, `unproven` for what is not known. */
export function judge(
  resource: Resource,
  truth: Truth,
  { finding, seen, wanted }: Pick<Finding, "finding" | "seen" | "wanted">,
): readonly Finding[] {
  if (truth === true) return [];
  return [{ status: truth === UNKNOWN ? "unproven" : "fail", resource, finding, seen, wanted }];
}

/** The usual case: a property, what is in it, and what is wanted of it. */
export function judgeProperty(
  resource: Resource,
  property: string,
  value: unknown,
  truth: Truth,
  wanted: string,
): readonly Finding[] {
  const seen =
    value === UNKNOWN ? `\`${property}\` is not known before the update` : `\`${property}\` is ${show(value)}`;
  return judge(resource, truth, { finding: property, seen, wanted });
}

/** Each finding once, what is proven before what is not. */
export function provenFirst(found: readonly Finding[]): readonly Finding[] {
  const byKey = new Map<string, Finding>();
  for (const each of found) {
    const key = `${each.resource.urn} ${each.finding}`;
    if (byKey.get(key)?.status !== "fail" && (each.status === "fail" || !byKey.has(key))) byKey.set(key, each);
  }
  return [...byKey.values()];
}
