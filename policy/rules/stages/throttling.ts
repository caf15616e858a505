import { API_GATEWAY_THROTTLE } from "../../aws/limits";
import { setting, stageWideOf } from "../../aws/methodSettings";
import { TYPES } from "../../aws/types";
import { plansHold } from "../../aws/usagePlans";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, at, is, or, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly maxRate: number;
  readonly maxBurst: number;
}

export const throttling = defineRule<Settings>({
  id: "fd-apigateway-throttling",
  description: "Every stage limits how many requests it takes a second and at once.",
  rationale:
    "Each request costs an agent's run. Without limits of its own a stage takes all that the account may, so one caller can use up the budget and starve every other API (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html). -1 means no limit.",
  severity: "high",
  frameworks: { cdkNag: ["APIGWDefaultThrottling"] },
  remediationSteps:
    "Add MethodSettings with methodPath */*, the stage's stageName, and throttlingRateLimit and throttlingBurstLimit in its settings. A usage plan with throttleSettings does as well where every method asks for an API key.",
  settings: {
    maxRate: {
      type: "number",
      minimum: 0,
      default: API_GATEWAY_THROTTLE.rate,
      description:
        "Highest rate that counts as a limit, requests a second; the default is what an account takes at most.",
    },
    maxBurst: {
      type: "number",
      minimum: 0,
      default: API_GATEWAY_THROTTLE.burst,
      description:
        "Highest burst that counts as a limit, requests at once; the default is what an account takes at most.",
    },
  },
  stack: {
    types: [TYPES.stage],
    check: (graph, settings) => graph.all(TYPES.stage).flatMap((stage) => findings(graph, stage, settings)),
  },
});

function findings(graph: PolicyGraph, stage: StackResource, { maxRate, maxBurst }: Settings): readonly Finding[] {
  const wide = stageWideOf(graph, stage);
  const limits = [
    { name: "throttlingRateLimit", planned: "rateLimit", max: maxRate },
    { name: "throttlingBurstLimit", planned: "burstLimit", max: maxBurst },
  ];
  return limits.flatMap(({ name, planned, max }) => {
    const limited: Truth = or(
      ...wide.map(({ resource, sure }) => and(sure, isLimit(setting(resource, name), max))),
      plansHold(graph, stage, (plan) => isLimit(at(plan.props, "throttleSettings", planned), max)),
    );
    return judge(stage, limited, {
      finding: name,
      seen:
        limited === UNKNOWN
          ? `it is not known whether \`${name}\` is set for every method`
          : `no MethodSettings with methodPath */* set \`${name}\` for it`,
      wanted: `a limit from 0 to ${String(max)}`,
    });
  });
}

const isLimit = (value: unknown, max: number): Truth =>
  is(value, (known) => typeof known === "number" && known >= 0 && known <= max);
