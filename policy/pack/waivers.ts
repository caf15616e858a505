import type { PolicyGraph } from "../model/graph";
import type { Finding, Rule } from "../model/rule";
import { projectOf, stackOf } from "../model/urn";
import { nearest } from "./nearest";

/** An exception that somebody answers for, for a time. All fields are exact: no wildcards. */
export interface Waiver {
  readonly rule: string;
  readonly urn: string;
  readonly finding: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, YYYY-MM-DD, UTC. */
  readonly expires: string;
}

/** A waiver that does not hold, and why, with the remedy. */
export interface WaiverProblem {
  readonly urn: string | undefined;
  readonly message: string;
  /** Whether it is wrong in every stack: not as it has to be written. Otherwise only the stack that its URN names is asked. */
  readonly isMistyped: boolean;
}

export interface Waivers {
  readonly active: readonly Waiver[];
  readonly problems: readonly WaiverProblem[];
}

export const REASON_LENGTH = 20;

const FIELDS = ["rule", "urn", "finding", "reason", "owner", "expires"] as const;

/** Sorts waivers into those that hold and what is wrong with the others. */
export function sortWaivers(
  given: readonly unknown[],
  rules: ReadonlyMap<string, Rule>,
  context: { readonly today: string; readonly isProduction: (stack: string) => boolean },
): Waivers {
  const active: Waiver[] = [];
  const problems: WaiverProblem[] = [];
  for (const [index, entry] of given.entries()) {
    const waiver = (entry ?? {}) as Partial<Record<string, unknown>>;
    const mistyped = mistypedIn(waiver, rules);
    const message = mistyped ?? lapsed(waiver as unknown as Waiver, rules, context);
    if (message === undefined) active.push(waiver as unknown as Waiver);
    else
      problems.push({
        urn: typeof waiver["urn"] === "string" ? waiver["urn"] : undefined,
        isMistyped: mistyped !== undefined,
        message: `waivers[${index}]${typeof waiver["rule"] === "string" ? ` of ${waiver["rule"]}` : ""}: ${message}`,
      });
  }
  return { active, problems };
}

function mistypedIn(waiver: Partial<Record<string, unknown>>, rules: ReadonlyMap<string, Rule>): string | undefined {
  for (const field of FIELDS) {
    const value = waiver[field];
    if (typeof value !== "string" || value.trim() === "") return `\`${field}\` is missing. Give it as a text.`;
  }
  const extra = Object.keys(waiver).find((key) => !FIELDS.some((field) => field === key));
  if (extra !== undefined) return `There is no field \`${extra}\`. Use ${FIELDS.join(", ")}.`;
  const { rule: id, urn, reason, expires } = waiver as unknown as Waiver;
  const rule = rules.get(id);
  if (!rule)
    return `There is no rule ${id}.${nearest(id, [...rules.keys()])} Use the id of a rule, without \`-unproven\`.`;
  if (!/^urn:pulumi:[^:*]+::[^:*]+::[^*]+::[^*]+$/.test(urn))
    return `\`urn\` is "${urn}". Use the exact URN of one resource, as the finding names it; there are no wildcards.`;
  if (reason.trim().length < REASON_LENGTH)
    return `\`reason\` has ${reason.trim().length} characters. Say in ${REASON_LENGTH} or more why this is acceptable.`;
  if (!isDay(expires)) return `\`expires\` is "${expires}". Use a day as YYYY-MM-DD.`;
  return undefined;
}

/** Why a waiver that is written as it has to be does not hold. */
function lapsed(
  { rule: id, urn, expires }: Waiver,
  rules: ReadonlyMap<string, Rule>,
  { today, isProduction }: { readonly today: string; readonly isProduction: (stack: string) => boolean },
): string | undefined {
  if (expires < today) return `It expired on ${expires}. Mend the finding, or have its owner renew it.`;
  const stack = stackOf(urn);
  if (rules.get(id)?.unwaivable && isProduction(stack))
    return `This rule cannot be waived in the production stack "${stack}".`;
  return undefined;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a waiver is for this finding. */
export function covers(waiver: Waiver, rule: Rule, { resource, finding }: Finding): boolean {
  return waiver.rule === rule.id && waiver.urn === resource.urn && waiver.finding === finding;
}

/** Whether a URN is of the stack that is judged. */
export function sameStack(urn: string, { resources }: PolicyGraph): boolean {
  const [own] = resources;
  return own === undefined || (stackOf(urn) === stackOf(own.urn) && projectOf(urn) === projectOf(own.urn));
}
