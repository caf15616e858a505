import { TYPES } from "../../aws/types";
import { frontsOf, type Front } from "../../aws/urlFronts";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

const HEADERS: readonly string[] = ["x-amz-content-sha256", "*"];

/** Whether CloudFront signs what it sends, so that the viewer has to send the hash of the body. */
function asksForHash(graph: PolicyGraph, { distribution, origin, sends }: Front): Truth {
  const isNew = graph.sources(distribution, "origins", TYPES.originAccessControl).length > 0;
  const control = at(origin, "originAccessControlId");
  const signs = or(
    is(control, (known) => known !== undefined && known !== ""),
    control === UNKNOWN && origin !== UNKNOWN && isNew,
  );
  return and(sends, signs, not(hashesBodies(distribution)));
}

/** Lambda@Edge that sees the body before CloudFront signs can add the hash itself. */
function hashesBodies({ props }: StackResource): Truth {
  const behaviours = ["defaultCacheBehavior", "orderedCacheBehaviors"].map((property) => list(props[property]));
  return or(
    ...behaviours.map((each) =>
      some(each, (behaviour) =>
        some(list(at(behaviour, "lambdaFunctionAssociations")), (association) =>
          and(
            is(at(association, "eventType"), (known) => known === "origin-request"),
            is(at(association, "includeBody"), (known) => known === true),
          ),
        ),
      ),
    ),
  );
}

function check(graph: PolicyGraph, url: StackResource) {
  const headers = at(url.props["cors"], "allowHeaders");
  return judgeProperty(
    url,
    "cors.allowHeaders",
    headers,
    or(
      not(or(...frontsOf(graph, url).map((front) => asksForHash(graph, front)))),
      is(headers, (known) => known === undefined),
      some(list(headers), (header) => is(header, (known) => HEADERS.includes(String(known).toLowerCase()))),
    ),
    '"x-amz-content-sha256" among them',
  );
}

export const functionUrlContentSha256 = defineRule({
  id: "fd-lambda-function-url-content-sha256",
  description:
    "Where CloudFront signs the requests to a Function URL, CORS of the URL allows the header x-amz-content-sha256.",
  rationale:
    "Lambda takes no unsigned bodies: a viewer that sends one has to send its SHA-256 too, and a browser may only where CORS allows the header (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD12"] },
  remediationSteps:
    "Add x-amz-content-sha256 to cors.allowHeaders of the FunctionUrl, or let a Lambda@Edge function at origin-request with includeBody add the hash.",
  stack: {
    types: [TYPES.functionUrl],
    check: (graph) => graph.all(TYPES.functionUrl).flatMap((url) => check(graph, url)),
  },
});
