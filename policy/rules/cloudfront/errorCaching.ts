import { originsOf } from "../../aws/distribution";
import { isAgentOrigin } from "../../aws/edgeOrigin";
import { TYPES } from "../../aws/types";
import { provenAlone } from "../../model/alone";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, list, not, or, show, some, UNKNOWN } from "../../model/value";

/** Statuses that CloudFront keeps for ten seconds where nothing else is said. */
const KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;

export const errorCaching = defineRule({
  id: "fd-cloudfront-error-caching",
  description: "An error of an agent is never cached.",
  rationale:
    "CloudFront keeps an error for ten seconds unless it is told otherwise for that status, and hands it to the next caller: one caller's refusal or timeout is served to all (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD13"] },
  remediationSteps:
    "Add to customErrorResponses an item with errorCachingMinTtl 0 for each of 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 and 504, and set errorCachingMinTtl to 0 in the items that are there.",
  resource: { types: [TYPES.distribution], check: provenAlone(findings) },
  stack: {
    types: [TYPES.distribution],
    check: (graph) => graph.all(TYPES.distribution).flatMap((distribution) => findings(graph, distribution)),
  },
});

function findings(graph: PolicyGraph, distribution: StackResource): readonly Finding[] {
  const agentless = not(or(...originsOf(distribution).map((origin) => isAgentOrigin(graph, distribution, origin))));
  const responses = list(distribution.props["customErrorResponses"]);
  const listed = KEPT.map(
    (code) => [code, some(responses, (each) => is(at(each, "errorCode"), (known) => known === code))] as const,
  );
  const all = and(...listed.map(([, truth]) => truth));
  const missing = listed.filter(([, truth]) => truth !== true).map(([code]) => code);
  return [
    ...judge(distribution, or(agentless, all), {
      finding: "customErrorResponses",
      seen: `\`customErrorResponses\` ${all === UNKNOWN ? "perhaps " : ""}says nothing of ${missing.join(", ")}`,
      wanted: "an item with errorCachingMinTtl 0 for each",
    }),
    ...(responses === UNKNOWN ? [] : responses).flatMap((response, index) => {
      const seconds = at(response, "errorCachingMinTtl");
      // A set: what the provider answers has another order.
      const code = at(response, "errorCode");
      const finding = `customErrorResponses[${String(typeof code === "number" ? code : index)}].errorCachingMinTtl`;
      const never = is(seconds, (known) => known === 0);
      return judge(distribution, or(agentless, never), {
        finding,
        seen: `\`${finding}\` is ${show(seconds)}`,
        wanted: "0",
      });
    }),
  ];
}
