import type { PolicyGraph, StackResource } from "../model/graph";
import { is, type Truth } from "../model/value";
import { anyRule, rulesOf } from "./webAclRules";

/** Whether a web ACL has rules: its own, or such as other resources add to it. */
export function hasRules(graph: PolicyGraph, acl: StackResource): Truth {
  return anyRule(rulesOf(graph, acl), (rule) => is(rule, () => true));
}
