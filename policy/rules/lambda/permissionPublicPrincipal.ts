import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, is, or, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly organizations: readonly string[];
}

const judged = (permission: Resource, named: Truth) =>
  judgeProperty(
    permission,
    "principal",
    permission.props["principal"],
    named,
    "a service, an account, or the ARN of a role or user",
  );

/** Source conditions do not count: whoever holds a signature of any account at all may set up such a source. */
function isNamed({ props }: Resource, { organizations }: Settings): Truth {
  return or(
    is(props["principal"], (known) => typeof known === "string" && known !== "" && !/[*?]/.test(known)),
    and(
      is(props["principal"], (known) => known === "*"),
      is(props["principalOrgId"], (known) => organizations.some((organization) => organization === known)),
    ),
  );
}

/** An ARN that IAM gives has no wildcard in it. */
function isOfIam(graph: PolicyGraph, permission: StackResource): boolean {
  return [TYPES.role, TYPES.user].some((type) => graph.sources(permission, "principal", type).length === 1);
}

export const permissionPublicPrincipal = defineRule<Settings>({
  id: "fd-lambda-permission-public-principal",
  description: "No Lambda permission has a wildcard as its principal.",
  rationale:
    "`*` lets every AWS account invoke the function, and with functionUrlAuthType NONE everyone without any account. A source account or source ARN beside it does not name who calls (https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html).",
  severity: "critical",
  frameworks: {
    catalogue: ["FD02"],
    securityHub: ["Lambda.1"],
    checkov: ["CKV_AWS_301"],
    cdkNag: ["LambdaFunctionPublicAccessProhibited"],
    cfnGuard: ["LAMBDA_NO_WILDCARD_PRINCIPALS", "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED"],
    kics: ["lambda_permission_principal_is_wildcard"],
    prowler: ["awslambda_function_not_publicly_accessible"],
  },
  remediationSteps:
    "Set principal to the service, account, role or user that calls. Where a whole organization has to call, set principalOrgId and name the organization in this rule's setting organizations.",
  settings: {
    organizations: {
      type: "array",
      items: { type: "string", pattern: "^o-[a-z0-9]{10,32}$" },
      default: [],
      description: "AWS Organizations whose accounts may all call, through `*` with this `principalOrgId`.",
    },
  },
  unwaivable: true,
  resource: {
    types: [TYPES.permission],
    // One that is not known yet is usually a role's ARN: the stack form follows it.
    check: (permission, settings) =>
      permission.props["principal"] === UNKNOWN ? [] : judged(permission, isNamed(permission, settings)),
  },
  stack: {
    types: [TYPES.permission],
    check: (graph, settings) =>
      graph.all(TYPES.permission).flatMap((permission) => {
        const followed = permission.props["principal"] === UNKNOWN && isOfIam(graph, permission);
        return judged(permission, followed || isNamed(permission, settings));
      }),
  },
});
