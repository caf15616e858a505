import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty, type Edit } from "../../model/rule";
import { at, is, UNKNOWN } from "../../model/value";

export const cache = defineRule({
  id: "fd-apigateway-cache",
  description: "No stage and no method caches answers.",
  rationale:
    "An agent's answer is meant for one caller and one conversation; a cache hands it to the next who sends the same. Streamed answers cannot be cached at all (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html). Common packs ask for the opposite: CKV_AWS_120, CKV_AWS_225, AWS-0190, apigateway-stage-cached.",
  severity: "high",
  // These ask that a cache be encrypted: none need not be.
  frameworks: { securityHub: ["APIGateway.5"], checkov: ["CKV_AWS_308"], trivy: ["AWS-0002"] },
  remediationSteps:
    "Set cacheClusterEnabled to false on the Stage and settings.cachingEnabled to false on its MethodSettings, or leave both out.",
  resource: {
    types: [TYPES.stage, TYPES.methodSettings],
    check: (resource) => {
      const path = pathIn(resource);
      const cached = at(resource.props, ...path);
      return judgeProperty(resource, path.join("."), cached, is(cached, isOff), "false");
    },
    remediate: (resource): Edit[] => {
      const path = pathIn(resource);
      const cached = at(resource.props, ...path);
      return cached === UNKNOWN || isOff(cached) ? [] : [{ path, value: false }];
    },
  },
});

const pathIn = ({ type }: Resource) =>
  type === TYPES.stage ? ["cacheClusterEnabled"] : ["settings", "cachingEnabled"];

const isOff = (value: unknown) => value === undefined || value === false;
