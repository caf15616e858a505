import { aimedAlike, isSameFunction, isSameQualifier, targetOf, type Aimed } from "../../aws/functionTarget";
import { grants } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import type { PolicyGraph } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { isSameProperty } from "../../model/sameProperty";
import { and, is, not, or, UNKNOWN, type Truth } from "../../model/value";

/** An account's id stands for its root. */
const accountOf = (principal: unknown) => /^arn:[\w-]+:iam::(\d{12}):root$/.exec(String(principal))?.[1] ?? principal;

function isTwin(grant: Aimed, other: Aimed): Truth {
  return and(
    grants(other.from, "InvokeFunction"),
    is(other.from.props["invokedViaFunctionUrl"], (known) => known === true),
    isSameFunction(grant.target, other.target),
    isSameQualifier(grant.target, other.target),
    isSameProperty(grant.from, other.from, "principal", accountOf),
    ...["principalOrgId", "sourceArn", "sourceAccount"].map((property) =>
      isSameProperty(grant.from, other.from, property),
    ),
  );
}

function findings(graph: PolicyGraph, grant: Aimed): readonly Finding[] {
  const isGrant = grants(grant.from, "InvokeFunctionUrl");
  if (isGrant === false) return [];
  const others = aimedAlike(graph, grant.target, TYPES.permission, "function");
  const twin = or(...others.map((other) => isTwin(grant, other)));
  return judge(grant.from, or(not(isGrant), twin), {
    finding: "twin",
    seen:
      twin === UNKNOWN
        ? "it is not known whether another Permission grants lambda:InvokeFunction to the same caller"
        : "no other Permission grants lambda:InvokeFunction to the same caller",
    wanted:
      "a Permission for lambda:InvokeFunction with the same function, qualifier, principal and source, and with `invokedViaFunctionUrl`",
  });
}

export const permissionDualGrant = defineRule({
  id: "fd-lambda-permission-dual-grant",
  description:
    "Whoever may call a Function URL by a Lambda permission has a second permission, for lambda:InvokeFunction.",
  rationale:
    "Function URLs ask for both actions; with one alone every call ends in 403 (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).",
  severity: "high",
  frameworks: { catalogue: ["FD03"] },
  remediationSteps:
    'Add a second aws.lambda.Permission with action "lambda:InvokeFunction" and invokedViaFunctionUrl true, and with the function, qualifier, principal, sourceArn and sourceAccount of the first.',
  stack: {
    types: [TYPES.permission],
    check: (graph) =>
      graph
        .all(TYPES.permission)
        .flatMap((from) => findings(graph, { from, target: targetOf(graph, from, "function") })),
  },
});
