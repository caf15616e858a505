import type { PolicyGraph, StackResource } from "../model/graph";
import { is, or, type Truth } from "../model/value";
import { partsOf } from "./restApi";
import { TYPES } from "./types";
import { anyRule, rulesOf } from "./webAclRules";

/** Whether a stage is associated with a web ACL. */
export function isAssociated(graph: PolicyGraph, stage: StackResource): Truth {
  return or(...partsOf(graph, stage, TYPES.webAclAssociation, "resourceArn").map(({ belongs }) => belongs));
}

/** Whether a web ACL has rules: its own, or such as other resources add to it. */
export function hasRules(graph: PolicyGraph, acl: StackResource): Truth {
  return anyRule(rulesOf(graph, acl), (rule) => is(rule, () => true));
}
