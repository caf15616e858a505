import { setting } from "../../aws/methodSettings";
import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, UNKNOWN } from "../../model/value";

const NAME = "dataTraceEnabled";

export const dataTrace = defineRule({
  id: "fd-apigateway-data-trace",
  description: "No method of a stage traces data.",
  rationale:
    "Data tracing writes whole requests and answers, so prompts and credentials, into the execution log; AWS advises against it in production (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html). Settings of a single method count as much as those of the stage.",
  severity: "high",
  frameworks: { catalogue: ["FD33"], checkov: ["CKV_AWS_276"] },
  remediationSteps: "Set settings.dataTraceEnabled to false on the MethodSettings, or leave it out.",
  resource: {
    types: [TYPES.methodSettings],
    check: (settings) => {
      const traced = setting(settings, NAME);
      return judgeProperty(
        settings,
        `settings.${NAME}`,
        traced,
        is(traced, (known) => known === undefined || known === false),
        "false",
      );
    },
    remediate: (settings) => {
      const traced = setting(settings, NAME);
      return traced === undefined || traced === false || traced === UNKNOWN
        ? []
        : [{ path: ["settings", NAME], value: false }];
    },
  },
});
