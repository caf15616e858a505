import { fact } from "./fact";
import type { LinkedNode, PolicyGraph } from "./graph";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
/** Resources that add rules to an ACL made elsewhere in the stack. */
const RULE_TYPES = [
  "aws:wafv2/webAclRule:WebAclRule",
  "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
];

/** The ACL that an association names: by its ARN where that is known, else by where the ARN came from. */
export function aclOf(graph: PolicyGraph, association: LinkedNode): LinkedNode | undefined {
  const arn = fact(() => association.props["webAclArn"]);
  const byArn = graph.all(WEB_ACL).filter((acl) => {
    const own = fact(() => acl.props["arn"]);
    return arn.known && own.known && own.value === arn.value && own.value !== undefined;
  });
  const candidates = byArn.length > 0 ? byArn : graph.sources(association, "webAclArn", WEB_ACL);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether an ACL has rules. One from outside the stack cannot be seen. */
export function hasRules(graph: PolicyGraph, acl: LinkedNode | undefined): "yes" | "no" | "unknown" {
  if (!acl) return "unknown";
  const inline = fact(() => {
    const { rules, ruleJson } = acl.props;
    return (
      (Array.isArray(rules) && rules.length > 0) ||
      (typeof ruleJson === "string" && !/^\s*(\[\s*\])?\s*$/.test(ruleJson))
    );
  });
  if (inline.known && inline.value) return "yes";
  const added = RULE_TYPES.flatMap((type) => graph.all(type)).some((rule) =>
    graph.sources(rule, "webAclArn", WEB_ACL).some(({ urn }) => urn === acl.urn),
  );
  if (added) return "yes";
  return inline.known ? "no" : "unknown";
}
