import { secretIn } from "../../aws/secrets";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { at, entries, is, UNKNOWN } from "../../model/value";

const PATHS = [["variables"], ["canarySettings", "stageVariableOverrides"]] as const;

export const stageVariables = defineRule({
  id: "fd-apigateway-stage-variables",
  description: "No stage variable holds a credential.",
  rationale:
    "Stage variables are readable by everyone who may read the API's configuration, and stand in its exports; AWS warns against credentials in them (https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html).",
  severity: "high",
  frameworks: { prowler: ["apigateway_restapi_no_secrets_in_stage_variables"] },
  remediationSteps:
    "Take the credential out of the variable, revoke it, and let the function read a new one from Secrets Manager or Parameter Store by its ARN.",
  resource: {
    types: [TYPES.stage, TYPES.deployment],
    check: (resource) =>
      PATHS.flatMap((path) => {
        const variables = entries(at(resource.props, ...path));
        const property = path.join(".");
        if (variables === UNKNOWN)
          return judge(resource, UNKNOWN, {
            finding: property,
            seen: `\`${property}\` is not known before the update`,
            wanted: "variables without credentials",
          });
        return variables.flatMap(([name, value]) =>
          judge(
            resource,
            is(value, (known) => secretIn(name, String(known)) === undefined),
            {
              finding: `${property}.${name}`.replaceAll(/[\s"]/g, "_"),
              seen: `\`${property}.${name}\` ${value === UNKNOWN ? "is not known before the update" : "looks like a credential"}`,
              wanted: "no credential, but the ARN of one at most",
            },
          ),
        );
      }),
  },
});
