import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { at, is } from "../../model/value";

const LEVELS: Readonly<Record<string, readonly string[]>> = {
  applicationLogLevel: ["INFO", "WARN", "ERROR", "FATAL"],
  systemLogLevel: ["INFO", "WARN"],
};

export const functionLogLevel = defineRule({
  id: "fd-lambda-function-log-level",
  description: "A function does not log at DEBUG or TRACE.",
  rationale:
    "At these levels code logs what it reads and sends, the SDK's requests among it: prompts and answers end up in the log (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html). The list allows, so that a level nobody has heard of fails too.",
  severity: "medium",
  group: "hygiene",
  frameworks: { cdkNag: ["LambdaLogLevel"] },
  remediationSteps:
    'Set loggingConfig.applicationLogLevel to "INFO" or above and loggingConfig.systemLogLevel to "INFO" or "WARN", or leave them out: INFO is the default.',
  resource: {
    types: [TYPES.function],
    check: (fn) =>
      Object.entries(LEVELS).flatMap(([property, levels]) => {
        const level = at(fn.props, "loggingConfig", property);
        const isQuiet = is(level, (known) => known === undefined || known === "" || levels.includes(known as string));
        return judgeProperty(fn, `loggingConfig.${property}`, level, isQuiet, `one of ${levels.join(", ")}`);
      }),
  },
});
