import { aimedAlike, isSameFunction, isSameQualifier, targetOf } from "../../aws/functionTarget";
import { link } from "../../aws/links";
import { grants, isCloudFront } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import { frontsOf } from "../../aws/urlFronts";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, is, not, or, show, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly allowedPrincipals: readonly string[];
}

function findings(graph: PolicyGraph, permission: StackResource, { allowedPrincipals }: Settings): readonly Finding[] {
  const isGrant = grants(permission, "InvokeFunctionUrl");
  if (isGrant === false) return [];
  const target = targetOf(graph, permission, "function");
  const { principal, sourceArn } = permission.props;
  const isAllowed = is(principal, (known) => allowedPrincipals.some((allowed) => allowed === known));
  const paths = aimedAlike(graph, target, TYPES.functionUrl, "functionName").map((url): Truth => {
    const fronts = frontsOf(graph, url.from);
    const throughFront = or(...fronts.map(({ distribution }) => isFrom(graph, permission, distribution)));
    return or(
      not(isSameFunction(target, url.target)),
      not(isSameQualifier(target, url.target)),
      not(or(...fronts.map(({ sends }) => sends))),
      and(isCloudFront(permission), throughFront),
    );
  });
  const other = isCloudFront(permission) === true;
  return judge(permission, or(not(isGrant), isAllowed, and(...paths)), {
    finding: other ? "sourceArn" : "principal",
    seen: other
      ? `\`sourceArn\` ${sourceArn === UNKNOWN ? "is not known to be" : `is ${show(sourceArn)}, not`} the distribution in front of the function's URL`
      : `a distribution is in front of the function's URL, and \`principal\` is ${show(principal)}`,
    wanted: "no way to the URL but through that distribution",
  });
}

/** Whether a permission's source is this distribution. */
function isFrom(graph: PolicyGraph, permission: StackResource, { urn }: StackResource): Truth {
  const { to, sure } = link(graph, permission, "sourceArn", TYPES.distribution);
  if (to.some((distribution) => distribution.urn === urn)) return sure || UNKNOWN;
  return sure ? false : UNKNOWN;
}

export const permissionSinglePath = defineRule<Settings>({
  id: "fd-lambda-permission-single-path",
  description: "Where a distribution is in front of a Function URL, only this distribution may call the URL.",
  rationale:
    "Function URLs have no web ACL of their own: any other caller goes round the one of the distribution (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD08"] },
  remediationSteps:
    "Remove the permissions for lambda:InvokeFunctionUrl that other principals hold on the function, or name the principals in this rule's setting allowedPrincipals. Callers that sign for themselves get a Function URL of their own.",
  settings: {
    allowedPrincipals: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Principals that may call the URL directly as well, exactly as in `principal`.",
    },
  },
  stack: {
    types: [TYPES.distribution],
    check: (graph, settings) =>
      graph.all(TYPES.permission).flatMap((permission) => findings(graph, permission, settings)),
  },
});
