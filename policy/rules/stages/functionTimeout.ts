import { isOfType, timeoutOf } from "../../aws/integrations";
import { functionsOf } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, not, or, UNKNOWN, type Truth } from "../../model/value";

/** What Lambda gives a function that sets none, seconds. */
const DEFAULT_SECONDS = 3;

interface Settings {
  readonly maxExcessSeconds: number;
}

export const functionTimeout = defineRule<Settings>({
  id: "fd-apigateway-integration-function-timeout",
  description: "A function runs as long as its integration waits, or a few seconds longer.",
  rationale:
    "A function that ends first cuts its answer off or causes a 502. One that runs on is paid for an answer that nobody gets: a function is not told that its caller has left (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD22"] },
  remediationSteps:
    "Set timeout on the Function to timeoutMilliseconds of the Integration in seconds, or up to 5 seconds more, and let the handler end its answer before both.",
  settings: {
    maxExcessSeconds: {
      type: "number",
      minimum: 0,
      default: 5,
      description: "Seconds that a function may run longer than its integration waits.",
    },
  },
  stack: {
    types: [TYPES.integration],
    check: (graph, settings) =>
      graph.all(TYPES.integration).flatMap((integration) => findings(graph, integration, settings)),
  },
});

function findings(graph: PolicyGraph, integration: StackResource, { maxExcessSeconds }: Settings): readonly Finding[] {
  const { uri } = integration.props;
  const ofLambda = and(
    isOfType(integration, "AWS_PROXY", "AWS"),
    is(uri, (known) => /:lambda:path\/.*\/functions\//.test(String(known))),
  );
  // An unknown URI of this type is a function's, as far as anybody can tell.
  const applies = uri === UNKNOWN ? isOfType(integration, "AWS_PROXY") : ofLambda;
  if (applies === false) return [];
  const { to } = functionsOf(graph, integration, "uri");
  const fits = to.map((fn) => isWithin(integration, fn, maxExcessSeconds));
  // Of several candidates nobody knows which is meant, unless it makes no difference.
  const agreed = fits.length > 0 && and(...fits) === or(...fits) ? and(...fits) : UNKNOWN;
  return judge(integration, or(not(applies), agreed), {
    finding: "timeoutMilliseconds",
    seen:
      agreed === UNKNOWN
        ? "its timeout, or that of its function, is not known"
        : `\`timeoutMilliseconds\` is ${String(timeoutOf(integration).value)}, the function's \`timeout\` ${to.map((fn) => String(secondsOf(fn))).join(", ")} s`,
    wanted: `a function's timeout as long, or up to ${String(maxExcessSeconds)} s longer`,
  });
}

const secondsOf = (fn: StackResource): unknown => at(fn.props, "timeout") ?? DEFAULT_SECONDS;

function isWithin(integration: StackResource, fn: StackResource, maxExcessSeconds: number): Truth {
  const { value: milliseconds } = timeoutOf(integration);
  const seconds = secondsOf(fn);
  if (milliseconds === UNKNOWN || seconds === UNKNOWN) return UNKNOWN;
  const excess = Number(seconds) - Number(milliseconds) / 1000;
  return excess >= 0 && excess <= maxExcessSeconds;
}
