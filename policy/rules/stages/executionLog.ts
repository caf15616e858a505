import { setting, stageWideOf } from "../../aws/methodSettings";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty } from "../../model/rule";
import { is, or } from "../../model/value";

interface Settings {
  readonly levels: readonly string[];
}

export const executionLog = defineRule<Settings>({
  id: "fd-apigateway-execution-log",
  description: "The execution log of every stage and method has one of the levels that are allowed.",
  rationale:
    "INFO writes each step of a request down, and with it what the request holds. AWS advises to keep execution logs off where customers' data flows, while Security Hub asks for ERROR or INFO (https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html): a stack chooses with `levels`.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    securityHub: ["APIGateway.1"],
    checkov: ["CKV2_AWS_4"],
    cdkNag: ["AwsSolutions-APIG6"],
    prowler: ["apigateway_restapi_logging_enabled"],
  },
  remediationSteps:
    "Set settings.loggingLevel on every MethodSettings of the stage to a level that `levels` allows. Where OFF is not allowed, the stage needs MethodSettings whose methodPath is */*.",
  settings: {
    levels: {
      type: "array",
      items: { enum: ["OFF", "ERROR", "INFO"] },
      minItems: 1,
      default: ["OFF", "ERROR"],
      description: 'Levels that are allowed; ["ERROR"] also satisfies Security Hub\'s APIGateway.1.',
    },
  },
  resource: {
    types: [TYPES.methodSettings],
    check: (settings, { levels }) =>
      judgeProperty(
        settings,
        "settings.loggingLevel",
        setting(settings, "loggingLevel"),
        isOneOf(settings, levels),
        any(levels),
      ),
  },
  // A stage without settings has no execution log.
  stack: {
    types: [TYPES.stage],
    check: (graph, { levels }) =>
      levels.includes("OFF") ? [] : graph.all(TYPES.stage).flatMap((stage) => checkStage(graph, stage, levels)),
  },
});

const any = (levels: readonly string[]) => levels.map((level) => `"${level}"`).join(" or ");

const isOneOf = (settings: Resource, levels: readonly string[]) =>
  is(setting(settings, "loggingLevel"), (level) => levels.some((each) => each === (level ?? "OFF")));

function checkStage(graph: PolicyGraph, stage: StackResource, levels: readonly string[]) {
  return judge(stage, or(...stageWideOf(graph, stage).map(({ sure }) => sure)), {
    finding: "loggingLevel",
    seen: "no MethodSettings with methodPath */* are known to be this stage's",
    wanted: `such with loggingLevel ${any(levels)}`,
  });
}
