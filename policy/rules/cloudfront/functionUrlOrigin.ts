import { originsOf, type Part } from "../../aws/distribution";
import { isFunctionUrl, newUrls, unnamedOrigins } from "../../aws/edgeOrigin";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { agreed } from "../../model/agreed";
import { provenAlone } from "../../model/alone";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { at, is, not, or, UNKNOWN, type Truth } from "../../model/value";

export const functionUrlOrigin = defineRule({
  id: "fd-cloudfront-function-url-origin",
  description: "An origin that is a Lambda Function URL has an origin access control for functions.",
  rationale:
    "Without one, CloudFront sends unsigned requests: either nobody gets through, or the URL is open to everybody and the distribution can be gone round. Dependencies are known per property, so an unknown host is linked to the Function URLs that flowed into `origins` (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "critical",
  frameworks: { catalogue: ["FD10"], securityHub: ["CloudFront.16"], checkov: ["CKV2_AWS_46"] },
  remediationSteps:
    'Add an aws.cloudfront.OriginAccessControl with originAccessControlOriginType "lambda" and give its id to the origin as originAccessControlId.',
  resource: { types: [TYPES.distribution], check: provenAlone(findings) },
  stack: {
    types: [TYPES.distribution],
    check: (graph) => graph.all(TYPES.distribution).flatMap((distribution) => findings(graph, distribution)),
  },
});

function findings(graph: PolicyGraph, distribution: StackResource): readonly Finding[] {
  const unnamed = unnamedOrigins(distribution);
  // More new URLs than origins with a control: at least one of those without is a URL, whichever it is.
  const isShort = newUrls(graph, distribution) > unnamed.filter((origin) => hasControl(origin) !== false).length;
  return originsOf(distribution).flatMap((origin) => {
    const controlled = hasControl(origin);
    const url = isFunctionUrl(graph, distribution, origin);
    if (controlled === false) {
      const needed = isShort && unnamed.some(({ path }) => path === origin.path) ? true : url;
      return judge(distribution, not(needed), {
        finding: `${origin.path}.originAccessControlId`,
        seen: `\`${origin.path}\` is ${needed === true ? "" : "perhaps "}a Function URL and has no originAccessControlId`,
        wanted: "the id of an origin access control for functions",
      });
    }
    const signing = or(not(url), isForFunctions(graph, distribution, origin));
    return judge(distribution, signing, {
      finding: `${origin.path}.originAccessControlId`,
      seen: `the origin type of the access control of \`${origin.path}\` is ${signing === UNKNOWN ? "not known" : 'not "lambda"'}`,
      wanted: 'an origin access control of type "lambda"',
    });
  });
}

function hasControl({ value }: Part): Truth {
  return is(at(value, "originAccessControlId"), (id) => id !== undefined && id !== "");
}

function isForFunctions(graph: PolicyGraph, distribution: StackResource, { value }: Part): Truth {
  // An id that is not known yet is there, but in an origin of which nothing is known there may be none.
  if (value === UNKNOWN) return UNKNOWN;
  const id = at(value, "originAccessControlId");
  const { to } = link(graph, distribution, "origins", TYPES.originAccessControl, id);
  // One from outside of the stack cannot be looked into.
  return agreed(to.map(({ props }) => is(props["originAccessControlOriginType"], (type) => type === "lambda")));
}
