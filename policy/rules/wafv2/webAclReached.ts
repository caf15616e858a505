import { TYPES } from "../../aws/types";
import { acts, present, rulesOf } from "../../aws/webAclRules";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

export const webAclReached = defineRule({
  id: "fd-wafv2-web-acl-reached",
  description: "No rule of a web ACL lets requests past the blocking ones by what a request says of itself.",
  rationale:
    "WAF stops at the first rule that allows or blocks, in the order of priorities (https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html). An Allow before the others for a path, a header or anything else that the client writes is a way past all of them. Addresses in an IP set are of one's own choice.",
  severity: "high",
  frameworks: { catalogue: ["FD61"] },
  remediationSteps:
    "Give the rule with the action allow a higher priority number than the rules that block, let it count, or bind it to an ipSetReferenceStatement as well.",
  stack: {
    types: [TYPES.webAcl],
    check: (graph) => graph.all(TYPES.webAcl).flatMap((acl) => findings(graph, acl)),
  },
});

function findings(graph: PolicyGraph, acl: StackResource): readonly Finding[] {
  const rules = rulesOf(graph, acl);
  return rules.flatMap((each) => {
    const { rule, path, from } = each;
    const evaded = or(
      ...rules.map((other) =>
        other === each ? rule === UNKNOWN && UNKNOWN : and(acts(other.rule), isBefore(rule, other.rule)),
      ),
    );
    const passes = and(present(at(rule, "action", "allow")), not(isBoundToAddresses(at(rule, "statement"))), evaded);
    return judge(from, not(passes), {
      finding: path === "" ? "priority" : `${path}.priority`,
      seen:
        passes === UNKNOWN
          ? "whether a rule lets requests past others is not known"
          : "it lets requests past rules that block",
      wanted: "a place behind the rules that block, or addresses of an IP set",
    });
  });
}

function isBefore(one: unknown, other: unknown): Truth {
  const [first, second] = [at(one, "priority"), at(other, "priority")];
  if (first === UNKNOWN || second === UNKNOWN) return UNKNOWN;
  return Number(first ?? 0) < Number(second ?? 0);
}

/** Whether a statement holds for addresses of an IP set alone, or for what else is asked beside. */
function isBoundToAddresses(statement: unknown): Truth {
  return or(
    present(at(statement, "ipSetReferenceStatement")),
    some(list(at(statement, "andStatement", "statements")), isBoundToAddresses),
  );
}
