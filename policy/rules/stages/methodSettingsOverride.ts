import { isStageWide, setting, stageWideOf } from "../../aws/methodSettings";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judgeProperty, type Finding } from "../../model/rule";
import { and, is, not, or, type Truth } from "../../model/value";

export const methodSettingsOverride = defineRule({
  id: "fd-apigateway-method-settings-override",
  description:
    "Settings of a single method keep the throttling of their stage, and do not raise its log level to INFO.",
  rationale:
    "Settings of a method replace those of the stage as a whole: what they leave out is AWS's default again, so no throttling (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html). The stage's settings look right meanwhile.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD33"] },
  remediationSteps:
    "Repeat throttlingRateLimit and throttlingBurstLimit in the settings of the method, and set loggingLevel no higher than the stage does; or remove the MethodSettings of the method.",
  stack: {
    types: [TYPES.methodSettings],
    check: (graph) => graph.all(TYPES.methodSettings).flatMap((settings) => findings(graph, settings)),
  },
});

function findings(graph: PolicyGraph, settings: StackResource): readonly Finding[] {
  const stageWide = isStageWide(settings);
  if (stageWide === true) return [];
  const stage = stageWideOf(graph, settings).filter(({ resource }) => resource !== settings);
  const someOfStage = (test: (resource: StackResource) => Truth): Truth =>
    or(...stage.map(({ resource, sure }) => and(sure, test(resource))));
  const kept = ["throttlingRateLimit", "throttlingBurstLimit"].flatMap((name) => {
    const removed = and(
      not(isLimit(setting(settings, name))),
      someOfStage((resource) => isLimit(setting(resource, name))),
    );
    return judgeProperty(
      settings,
      `settings.${name}`,
      setting(settings, name),
      or(stageWide, not(removed)),
      "a limit, as */* has one",
    );
  });
  const raised = and(isInfo(settings), not(someOfStage(isInfo)));
  return [
    ...kept,
    ...judgeProperty(
      settings,
      "settings.loggingLevel",
      setting(settings, "loggingLevel"),
      or(stageWide, not(raised)),
      "no more than */* logs",
    ),
  ];
}

const isLimit = (value: unknown): Truth => is(value, (known) => typeof known === "number" && known >= 0);

const isInfo = (settings: StackResource): Truth => is(setting(settings, "loggingLevel"), (level) => level === "INFO");
