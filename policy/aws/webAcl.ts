import type { PolicyGraph, StackResource } from "../model/graph";
import { is, json, list, or, UNKNOWN, type Truth } from "../model/value";
import { linkedFrom } from "./links";
import { partsOf } from "./restApi";
import { TYPES } from "./types";

/** Whether a stage is associated with a web ACL. */
export function isAssociated(graph: PolicyGraph, stage: StackResource): Truth {
  return or(...partsOf(graph, stage, TYPES.webAclAssociation, "resourceArn").map(({ belongs }) => belongs));
}

/** Whether a web ACL has rules: its own, or such as other resources add to it. */
export function hasRules(graph: PolicyGraph, acl: StackResource): Truth {
  const own = list(acl.props["rules"]);
  const text = list(json(acl.props["ruleJson"]));
  const added = [TYPES.webAclRule, TYPES.webAclRuleGroup].flatMap((type) => linkedFrom(graph, acl, type, "webAclArn"));
  return or(
    ...[own, text].map((rules) => is(rules, (known) => (known as unknown[]).length > 0)),
    added.length > 0 ? added.some(({ sure }) => sure) || UNKNOWN : false,
  );
}
