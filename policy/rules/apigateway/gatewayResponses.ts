import { hasResponse, keepsQuiet, saysNothing, writtenResponses } from "../../aws/gatewayResponses";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { at, entries, show, UNKNOWN } from "../../model/value";

/** ACCESS_DENIED and every other type without a response of its own fall back to these. */
const FALLBACKS = ["DEFAULT_4XX", "DEFAULT_5XX"] as const;

export const gatewayResponses = defineRule({
  id: "fd-apigateway-gateway-responses",
  description:
    "An API answers in words of its own what it refuses, and does not repeat who called or why it was denied.",
  rationale:
    "By default a denied caller reads `User: arn:aws:sts::<account>:assumed-role/... is not authorized to perform: execute-api:Invoke on resource: arn:...`. ACCESS_DENIED and all other types fall back to DEFAULT_4XX or DEFAULT_5XX, so these two have to be there, and each response needs a template without `$context.error.message`, `$context.authorizer` and `$context.identity` (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD31"] },
  remediationSteps:
    "Add an aws.apigateway.Response of type DEFAULT_4XX and one of type DEFAULT_5XX to the API, each with responseTemplates of a fixed text and at most $context.extendedRequestId and $context.error.responseType in it. Give every other Response a template as well, and put the Responses into the dependsOn of the Deployment.",
  resource: {
    types: [TYPES.response, TYPES.restApi],
    check: (resource) => (resource.type === TYPES.response ? quiet(resource, resource.props) : written(resource)),
  },
  stack: {
    types: [TYPES.restApi],
    check: (graph) =>
      graph.all(TYPES.restApi).flatMap((api) =>
        FALLBACKS.flatMap((type) => {
          const there = hasResponse(graph, api, type);
          return judge(api, there, {
            finding: type,
            seen:
              there === UNKNOWN ? `it is not known whether a Response is its ${type}` : `no Response is its ${type}`,
            wanted: "one with a template of its own",
          });
        }),
      ),
  },
});

function written(api: Resource): readonly Finding[] {
  const responses = entries(writtenResponses(api));
  // Whether there are any at all is what the stack form asks.
  if (responses === UNKNOWN) return [];
  return responses.flatMap(([type, response]) => quiet(api, response, `body.${type}.`));
}

function quiet(resource: Resource, response: unknown, prefix = ""): readonly Finding[] {
  const templates = at(response, "responseTemplates");
  const parameters = at(response, "responseParameters");
  return [
    ...judge(resource, keepsQuiet(templates), {
      finding: `${prefix}responseTemplates`,
      seen: `\`${prefix}responseTemplates\` is ${show(templates)}`,
      wanted: "a text of its own without $context.error.message, $context.authorizer and $context.identity",
    }),
    ...judge(resource, saysNothing(parameters), {
      finding: `${prefix}responseParameters`,
      seen: `\`${prefix}responseParameters\` is ${show(parameters)}`,
      wanted: "none of context.error.message, context.authorizer and context.identity",
    }),
  ];
}
