import { PolicyGraph, type Resource, type StackResource } from "./graph";
import type { Finding } from "./rule";

/**
 * What a stack's check proves wrong of one resource without the rest, so that the resource itself is stopped before it is changed.
 * All else is left to the stack form. Only for checks that a further resource cannot turn from a failure into a pass.
 */
export function provenAlone<S>(
  check: (graph: PolicyGraph, resource: StackResource, settings: S) => readonly Finding[],
): (resource: Resource, settings: S) => readonly Finding[] {
  return (resource, settings) => {
    const alone = { ...resource, dependencies: [], sources: {} };
    return check(new PolicyGraph([alone]), alone, settings).filter(({ status }) => status === "fail");
  };
}
