import type { Finding, Rule } from "../model/rule";
import type { Waiver } from "./waivers";

/** Page of a rule, from the folder of the pack. */
export const pageOf = (id: string): string => `docs/${id}.md`;

/** Whether something is a rule's advisory half: what is not known before the update. */
export const unprovenId = (id: string): string => `${id}-unproven`;

/** One line for people: the resource, what was seen, what is wanted, what to do, and what a waiver would have to name. */
export function messageOf({ remediationSteps, id }: Rule, { resource, finding, seen, wanted }: Finding): string {
  return `${resource.name} (${resource.type}): ${seen}; wanted: ${wanted}. ${remediationSteps} (finding "${finding}"; ${pageOf(id)})`;
}

/** What is printed of a waiver in force. */
export function activeWaiverMessage({ rule, urn, finding, reason, owner, expires }: Waiver): string {
  return `Waived until ${expires} by ${owner}: ${rule}, finding "${finding}", of ${urn}. Reason: ${reason}`;
}

/** Rule and finding that a message is about, as far as it says so. */
export function readMessage(message: string): {
  readonly rule?: string;
  readonly finding?: string;
  readonly reason?: string;
} {
  const waived = /^Waived until .+? by .+: (fd-[\w-]+), finding "([^"]*)", of .+?\. Reason: (.+)$/ms.exec(message);
  if (waived) {
    const [, rule = "", finding = "", reason = ""] = waived;
    return { rule, finding, reason: reason.trim() };
  }
  const [, finding] = /\(finding "([^"]*)"; /.exec(message) ?? [];
  return finding === undefined ? {} : { finding };
}
