import { partsOf } from "../../aws/apis";
import { TYPES } from "../../aws/types";
import { plansOf } from "../../aws/usagePlans";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, judgeProperty, type Finding } from "../../model/rule";
import { and, at, is, not, or, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly keyAlone: boolean;
  readonly plansManagedElsewhere: boolean;
  readonly quotaRequired: boolean;
}

export const methodApiKey = defineRule<Settings>({
  id: "fd-apigateway-method-api-key",
  description:
    "Where methods ask for an API key, usage plans open their stages, each with a throttle and, where it is asked, a quota.",
  rationale:
    "A key tells clients apart, it does not authenticate a user: whoever reads it calls with it, and AWS advises against keys as the only control (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html). What bounds the damage of a lost key is the plan it belongs to, beside the web ACL that every public stage needs (fd-apigateway-stage-web-acl).",
  severity: "medium",
  frameworks: {
    catalogue: ["FD27"],
    kics: [
      "api_gateway_method_does_not_contains_an_api_key",
      "api_gateway_stage_without_api_gateway_usage_plan_associated",
    ],
  },
  remediationSteps:
    "Add an aws.apigateway.UsagePlan whose apiStages name the API and the stage, with throttleSettings and quotaSettings, and a UsagePlanKey for each key. Where keyAlone is false, also set authorization of the Method to AWS_IAM, CUSTOM or COGNITO_USER_POOLS.",
  settings: {
    keyAlone: {
      type: "boolean",
      default: true,
      description: "Whether an API key may be all that a method asks for.",
    },
    quotaRequired: {
      type: "boolean",
      default: false,
      description: "Whether a usage plan needs a quota beside its throttle.",
    },
    plansManagedElsewhere: {
      type: "boolean",
      default: false,
      description: "Whether another stack has the usage plans of this stack's stages.",
    },
  },
  resource: {
    types: [TYPES.method, TYPES.usagePlan],
    check: (resource, settings) =>
      resource.type === TYPES.method ? ofMethod(resource, settings) : ofPlan(resource, settings),
  },
  stack: {
    types: [TYPES.method],
    check: (graph, settings) =>
      graph.all(TYPES.restApi).flatMap((api) => {
        const asked = or(
          ...partsOf(graph, api.urn, TYPES.method).map(({ part, belongs }) =>
            and(
              belongs,
              is(part.props["apiKeyRequired"], (known) => known === true),
            ),
          ),
        );
        if (asked === false) return [];
        return partsOf(graph, api.urn, TYPES.stage).flatMap(({ part, belongs }) =>
          ofStage(graph, part, not(and(asked, belongs)), settings),
        );
      }),
  },
});

function ofMethod(method: Resource, { keyAlone }: Settings): readonly Finding[] {
  const { authorization, apiKeyRequired } = method.props;
  const alone = and(
    is(authorization, (known) => known === "NONE"),
    is(apiKeyRequired, (known) => known === true),
  );
  return judgeProperty(
    method,
    "authorization",
    authorization,
    or(keyAlone, not(alone)),
    "an authentication beside the API key",
  );
}

function ofPlan(plan: Resource, { quotaRequired }: Settings): readonly Finding[] {
  const limit = (exempt: boolean, property: string, key: string) => {
    const value = at(plan.props, property, key);
    const limits = is(value, (known) => typeof known === "number" && known > 0);
    return judgeProperty(plan, `${property}.${key}`, value, or(exempt, limits), "a limit above 0");
  };
  return [...limit(false, "throttleSettings", "rateLimit"), ...limit(!quotaRequired, "quotaSettings", "limit")];
}

function ofStage(
  graph: PolicyGraph,
  stage: StackResource,
  exempt: Truth,
  { plansManagedElsewhere }: Settings,
): readonly Finding[] {
  const planned = or(...plansOf(graph, stage).map(({ opens }) => opens));
  return judge(stage, or(exempt, plansManagedElsewhere, planned), {
    finding: "usagePlan",
    seen: `its methods ask for an API key and ${planned === UNKNOWN ? "it is not known whether a UsagePlan opens it" : "no UsagePlan opens it"}`,
    wanted: "one whose `apiStages` name it",
  });
}
