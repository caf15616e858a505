import { originsOf, type Part } from "../../aws/distribution";
import { isFunctionUrl } from "../../aws/edgeOrigin";
import { functionsOf, link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { agreed } from "../../model/agreed";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, not, or, UNKNOWN, type Truth } from "../../model/value";

interface StreamTimeouts {
  readonly heartbeatSeconds: number;
}

/** What counts where nothing is set. */
const DEFAULT_READ_SECONDS = 30;
const DEFAULT_FUNCTION_SECONDS = 3;

export const streamTimeouts = defineRule<StreamTimeouts>({
  id: "fd-cloudfront-stream-timeouts",
  description: "CloudFront waits for a stream as long as the function behind it may take.",
  rationale:
    "originReadTimeout is the longest silence between two packets: below the heartbeat of a stream it ends an agent that thinks. responseCompletionTimeout ends the whole answer, also one that the function is still at (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD14"] },
  remediationSteps:
    "Set originReadTimeout of the origin to more than the function's heartbeat, 60 for example. Leave responseCompletionTimeout out, or set it to no less than the function's timeout and originReadTimeout.",
  settings: {
    heartbeatSeconds: {
      type: "integer",
      minimum: 1,
      description: "Longest silence of the function's streams, seconds.",
      default: 15,
    },
  },
  stack: {
    types: [TYPES.distribution],
    check: (graph, settings) =>
      graph
        .all(TYPES.distribution)
        .flatMap((distribution) =>
          originsOf(distribution).flatMap((origin) => findings(graph, distribution, origin, settings)),
        ),
  },
});

function findings(
  graph: PolicyGraph,
  distribution: StackResource,
  origin: Part,
  { heartbeatSeconds }: StreamTimeouts,
): readonly Finding[] {
  const { path, value } = origin;
  const exempt = not(isFunctionUrl(graph, distribution, origin));
  const read = at(value, "customOriginConfig", "originReadTimeout") ?? DEFAULT_READ_SECONDS;
  const completion = at(value, "responseCompletionTimeout") ?? 0;
  const times = timeoutsBehind(graph, distribution, at(value, "domainName"));
  const whole = or(
    is(completion, (known) => known === 0),
    and(reaches(completion, read), agreed(times.map((time) => reaches(completion, time)))),
  );
  return [
    ...judgeProperty(
      distribution,
      `${path}.customOriginConfig.originReadTimeout`,
      read,
      or(exempt, reaches(read, heartbeatSeconds)),
      `${heartbeatSeconds.toString()} at least`,
    ),
    ...judgeProperty(
      distribution,
      `${path}.responseCompletionTimeout`,
      completion,
      or(exempt, whole),
      `nothing, or no less than originReadTimeout and the function's timeout`,
    ),
  ];
}

/** Timeouts of the functions that a host may belong to. */
function timeoutsBehind(graph: PolicyGraph, distribution: StackResource, host: unknown): readonly unknown[] {
  return link(graph, distribution, "origins", TYPES.functionUrl, host)
    .to.flatMap((url) => functionsOf(graph, url, "functionName").to)
    .map(({ props }) => props["timeout"] ?? DEFAULT_FUNCTION_SECONDS);
}

function reaches(seconds: unknown, least: unknown): Truth {
  return seconds === UNKNOWN || least === UNKNOWN ? UNKNOWN : Number(seconds) >= Number(least);
}
