import type { Finding, Rule } from "../model/rule";
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
    const message = mistake(waiver, rules, context);
    if (message === undefined) active.push(waiver as unknown as Waiver);
    else
      problems.push({
        urn: typeof waiver["urn"] === "string" ? waiver["urn"] : undefined,
        message: `waivers[${index}]${typeof waiver["rule"] === "string" ? ` of ${waiver["rule"]}` : ""}: ${message}`,
      });
  }
  return { active, problems };
}

function mistake(
  waiver: Partial<Record<string, unknown>>,
  rules: ReadonlyMap<string, Rule>,
  { today, isProduction }: { readonly today: string; readonly isProduction: (stack: string) => boolean },
): string | undefined {
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
  if (expires < today) return `It expired on ${expires}. Mend the finding, or have its owner renew it.`;
  const stack = urn.split(":")[2] ?? "";
  if (rule.unwaivable && isProduction(stack)) return `This rule cannot be waived in the production stack "${stack}".`;
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
