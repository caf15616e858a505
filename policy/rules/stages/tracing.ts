import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { at, is, UNKNOWN } from "../../model/value";

interface Settings {
  readonly required: boolean;
}

const NAME = "xrayTracingEnabled";

export const tracing = defineRule<Settings>({
  id: "fd-apigateway-tracing",
  description: "Every stage traces its requests with X-Ray.",
  rationale:
    "A trace shows whether time was lost in the gateway, the function or the agent (https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html).",
  severity: "low",
  group: "hygiene",
  frameworks: {
    securityHub: ["APIGateway.3"],
    checkov: ["CKV_AWS_73"],
    trivy: ["AWS-0003"],
    prowler: ["apigateway_restapi_tracing_enabled"],
  },
  remediationSteps:
    "Set xrayTracingEnabled to true on the Stage, or set `required` to false where traces are not wanted.",
  settings: {
    required: { type: "boolean", default: true, description: "Whether stages have to trace." },
  },
  resource: {
    types: [TYPES.stage],
    check: (stage, { required }) => {
      const traced = at(stage.props, NAME);
      return required
        ? judgeProperty(
            stage,
            NAME,
            traced,
            is(traced, (known) => known === true),
            "true",
          )
        : [];
    },
    remediate: (stage, { required }) => {
      const traced = at(stage.props, NAME);
      return !required || traced === true || traced === UNKNOWN ? [] : [{ path: [NAME], value: true }];
    },
  },
});
