import { isFronted } from "../../aws/apiFronts";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { is, not, or, show, UNKNOWN } from "../../model/value";

export const defaultEndpoint = defineRule({
  id: "fd-apigateway-default-endpoint",
  description: "An API behind a custom domain or a distribution has no second address.",
  rationale:
    "The default endpoint is a way round what stands at the domain or the distribution: mutual TLS, CloudFront's web ACL, geographic limits (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html).",
  severity: "high",
  frameworks: { catalogue: ["FD17"] },
  remediationSteps:
    "Set disableExecuteApiEndpoint to true on the RestApi. A distribution then needs a regional custom domain of the API as its origin, since the default endpoint answers 403 to it as well.",
  stack: {
    types: [TYPES.restApi],
    check: (graph) =>
      graph.all(TYPES.restApi).flatMap((api) => {
        const fronted = isFronted(graph, api);
        const disabled = api.props["disableExecuteApiEndpoint"];
        return judge(
          api,
          or(
            not(fronted),
            is(disabled, (known) => known === true),
          ),
          {
            finding: "disableExecuteApiEndpoint",
            seen: `\`disableExecuteApiEndpoint\` is ${show(disabled)} and ${fronted === UNKNOWN ? "something in the stack may lead" : "a domain or a distribution leads"} to the API`,
            wanted: "true",
          },
        );
      }),
  },
});
