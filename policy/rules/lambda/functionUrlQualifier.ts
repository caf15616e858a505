import { aimedAlike, isSameFunction, isSameQualifier, targetOf } from "../../aws/functionTarget";
import { grants } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, not, or, show, UNKNOWN } from "../../model/value";

function findings(graph: PolicyGraph, permission: StackResource): readonly Finding[] {
  const isGrant = grants(permission, "InvokeFunctionUrl");
  if (isGrant === false) return [];
  const target = targetOf(graph, permission, "function");
  const urls = aimedAlike(graph, target, TYPES.functionUrl, "functionName").map((url) => url.target);
  const hasUrl = or(...urls.map((url) => isSameFunction(target, url)));
  const reached = or(...urls.map((url) => and(isSameFunction(target, url), isSameQualifier(target, url))));
  const qualifiers = urls.map(({ qualifier }) => (qualifier === "" ? "no qualifier" : show(qualifier)));
  return judge(permission, or(not(isGrant), not(hasUrl), reached), {
    finding: "qualifier",
    seen:
      permission.props["qualifier"] === UNKNOWN
        ? "`qualifier` is not known before the update"
        : `\`qualifier\` is ${show(permission.props["qualifier"])}`,
    wanted: `that of the function's URL: ${[...new Set(qualifiers)].join(" or ")}`,
  });
}

export const functionUrlQualifier = defineRule({
  id: "fd-lambda-function-url-qualifier",
  description: "A Lambda permission for a Function URL has the qualifier of that URL.",
  rationale:
    "The policy of an alias and that of the unqualified function are two: a grant in one does not hold for a URL on the other, and every call ends in 403 (https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD54"] },
  remediationSteps: "Give the permission and the FunctionUrl the same qualifier, or neither of them one.",
  stack: {
    types: [TYPES.functionUrl],
    check: (graph) => graph.all(TYPES.permission).flatMap((permission) => findings(graph, permission)),
  },
});
