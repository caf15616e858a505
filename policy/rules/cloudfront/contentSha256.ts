import { behavioursOf, type Part } from "../../aws/distribution";
import { isFunctionUrl, sendsTo } from "../../aws/edgeOrigin";
import { hasPolicy, ofPolicy } from "../../aws/edgePolicies";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge } from "../../model/rule";
import { and, at, is, list, not, or, some, UNKNOWN, type Truth } from "../../model/value";

const HEADER = "x-amz-content-sha256";

export const contentSha256 = defineRule({
  id: "fd-cloudfront-content-sha256",
  description: `Where the edge answers CORS for a Function URL that takes bodies, it allows ${HEADER}.`,
  rationale:
    "Lambda takes no unsigned payload, and CloudFront signs the hash that the caller sends: without the header every POST fails with 403, and a browser may send it only where CORS allows it. A function of Lambda@Edge that hashes bodies takes its place (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD12"] },
  remediationSteps: `Add "${HEADER}" to corsConfig.accessControlAllowHeaders of the response headers policy, and send it with every body; or attach a Lambda@Edge function that hashes bodies, with includeBody, to the event origin-request.`,
  stack: {
    types: [TYPES.distribution],
    check: (graph) =>
      graph.all(TYPES.distribution).flatMap((distribution) =>
        behavioursOf(distribution).flatMap((behaviour) => {
          const allowed = or(
            not(isNeeded(graph, distribution, behaviour)),
            !hasPolicy(behaviour, "responseHeadersPolicyId"),
            ofPolicy(graph, distribution, behaviour, "responseHeadersPolicyId", WITHOUT_CORS, allowsHeader),
          );
          return judge(distribution, allowed, {
            finding: `${behaviour.path}.responseHeadersPolicyId`,
            seen: `the policy of \`${behaviour.path}\` answers CORS ${allowed === UNKNOWN ? "perhaps " : ""}without ${HEADER}`,
            wanted: `${HEADER} in its accessControlAllowHeaders`,
          });
        }),
      ),
  },
});

/** The one of AWS's own policies that has nothing but security headers. */
const WITHOUT_CORS = { "67f7725c-6f97-4210-82d7-5512b31e9d03": true };

/** Whether callers have to send the header: they send bodies to a Function URL, and nothing at the edge hashes them. */
function isNeeded(graph: PolicyGraph, distribution: StackResource, behaviour: Part): Truth {
  const { value } = behaviour;
  return and(
    sendsTo(distribution, behaviour, (origin) => isFunctionUrl(graph, distribution, origin)),
    some(list(at(value, "allowedMethods")), (method) =>
      is(method, (known) => known === "POST" || known === "PUT" || known === "PATCH"),
    ),
    not(some(list(at(value, "lambdaFunctionAssociations")), isHasher)),
  );
}

function isHasher(association: unknown): Truth {
  return and(
    is(at(association, "eventType"), (event) => event === "origin-request" || event === "viewer-request"),
    is(at(association, "includeBody"), (included) => included === true),
  );
}

function allowsHeader({ props }: StackResource): Truth {
  const config = props["corsConfig"] ?? undefined;
  return or(
    is(config, (known) => known === undefined),
    some(list(at(config, "accessControlAllowHeaders", "items")), (header) =>
      is(header, (known) => known === "*" || String(known).toLowerCase() === HEADER),
    ),
  );
}
