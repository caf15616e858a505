import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import { and, at, every, is, list } from "../../model/value";

interface Settings {
  readonly types: readonly string[];
}

export const endpointType = defineRule<Settings>({
  id: "fd-apigateway-endpoint-type",
  description: "A REST API has a REGIONAL or a PRIVATE endpoint.",
  rationale:
    "An edge-optimized endpoint, which is the default, ends a stream after 30 seconds without a byte instead of five minutes (https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html), and puts a distribution in front that no web ACL and log of this account sees.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    catalogue: ["FD18"],
    cfnGuard: ["API_GW_ENDPOINT_TYPE_CHECK"],
    kics: ["api_gateway_endpoint_config_is_not_private"],
    prowler: ["apigateway_restapi_public"],
    pulumi: ["apigateway-endpoint-type"],
  },
  remediationSteps:
    'Set endpointConfiguration.types to "REGIONAL", or to "PRIVATE" for callers inside of VPCs. Put a CloudFront distribution of your own before a regional API where callers are far away.',
  settings: {
    types: {
      type: "array",
      items: { type: "string", enum: ["REGIONAL", "PRIVATE"] },
      minItems: 1,
      uniqueItems: true,
      default: ["REGIONAL", "PRIVATE"],
      description: "Endpoint types that are allowed.",
    },
  },
  resource: {
    types: [TYPES.restApi],
    check: (api, { types }) => {
      // With an OpenAPI document the type may stand in the parameters of its import.
      const type =
        at(api.props, "endpointConfiguration", "types") ?? at(api.props, "parameters", "endpointConfigurationTypes");
      // A text in the provider's 7.x, a list before.
      const given = list(type);
      return judgeProperty(
        api,
        "endpointConfiguration.types",
        type,
        and(
          is(given, (known) => (known as unknown[]).length > 0),
          every(given, (each) => is(each, (known) => types.includes(known as string))),
        ),
        types.map((each) => JSON.stringify(each)).join(" or "),
      );
    },
  },
});
