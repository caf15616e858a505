import type { PolicyGraph, Resource, StackResource } from "../model/graph";
import { every, is, some, UNKNOWN, type Truth } from "../model/value";
import { link } from "./links";
import { TYPES } from "./types";

type Scope = "CLOUDFRONT" | "REGIONAL";

// What is no ARN of WAFv2 at all has no scope to judge.
const ARNS: Readonly<Record<Scope, RegExp>> = {
  CLOUDFRONT: /^arn:[\w-]+:wafv2:us-east-1:\d+:global\/webacl\/|^(?!arn:[\w-]+:wafv2:)/,
  REGIONAL: /^(?!.*:global\/webacl\/)/,
};

export function hasScope(scope: Scope, acl: Resource): Truth {
  return is(acl.props["scope"], (known) => known === scope);
}

/** Whether the ACL that a property names has a scope: by the ACL itself where it is in the stack, else by its ARN. */
export function namesAclOf(scope: Scope, from: Resource, property: string, graph?: PolicyGraph): Truth {
  const { to, sure } = graph ? link(graph, from as StackResource, property, TYPES.webAcl) : { to: [], sure: false };
  const test = (acl: unknown) => hasScope(scope, acl as Resource);
  const all = every(to, test);
  if (to.length > 0) return sure || some(to, test) === all ? all : UNKNOWN;
  return is(from.props[property], (known) => ARNS[scope].test(String(known)));
}

/** Whether an association is with a distribution, which takes none. */
export function namesDistribution(association: Resource, graph?: PolicyGraph): Truth {
  const named = association.props["resourceArn"];
  if (named !== UNKNOWN) return String(named).includes(":cloudfront:");
  if (!graph) return UNKNOWN;
  const { to, sure } = link(graph, association as StackResource, "resourceArn", TYPES.distribution);
  if (to.length > 0) return sure || UNKNOWN;
  // It came from something else in this stack, or from nowhere that is known.
  return (association as StackResource).sources["resourceArn"] ? false : UNKNOWN;
}
