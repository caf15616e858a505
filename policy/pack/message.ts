import type { Finding, Rule } from "../model/rule";

/** Page of a rule, from the root of the repository. */
export const pageOf = (id: string): string => `docs/policies/${id}.md`;

/** Whether something is a rule's advisory half: what is not known before the update. */
export const unprovenId = (id: string): string => `${id}-unproven`;

/** One line for people: the resource, what was seen, what is wanted, what to do, and what a waiver would have to name. */
export function messageOf({ remediationSteps, id }: Rule, { resource, finding, seen, wanted }: Finding): string {
  return `${resource.name} (${resource.type}): ${seen}; wanted: ${wanted}. ${remediationSteps} (finding "${finding}"; ${pageOf(id)})`;
}
