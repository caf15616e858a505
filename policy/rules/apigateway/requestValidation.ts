import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judge, type Finding } from "../../model/rule";
import { and, entries, is, matches, not, or, show, UNKNOWN, type Truth } from "../../model/value";

interface Settings {
  readonly methods: readonly string[];
}

export const requestValidation = defineRule<Settings>({
  id: "fd-apigateway-request-validation",
  description: "A method whose requests carry a body has them checked against a model before anything runs.",
  rationale:
    "API Gateway refuses a malformed body itself, so that it costs no invocation (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html). A validator without validateRequestBody, or a method without a model, checks nothing.",
  severity: "low",
  group: "hygiene",
  frameworks: { cdkNag: ["AwsSolutions-APIG2"], checkov: ["CKV2_AWS_53"] },
  remediationSteps:
    "Set requestValidatorId of the Method to a RequestValidator with validateRequestBody true, and requestModels to a Model for each content type. Let the gateway's answer to BAD_REQUEST_BODY not repeat what was sent.",
  settings: {
    methods: {
      type: "array",
      items: { type: "string", enum: ["POST", "PUT", "PATCH", "DELETE", "ANY"] },
      uniqueItems: true,
      default: ["POST", "PUT", "PATCH"],
      description:
        "HTTP methods whose bodies must be checked. Not ANY by default: it often stands for what a function refuses by method alone.",
    },
  },
  resource: {
    types: [TYPES.method],
    check: (method, settings) => findings(method, settings, UNKNOWN).filter(({ status }) => status === "fail"),
  },
  stack: {
    types: [TYPES.method],
    check: (graph, settings) =>
      graph.all(TYPES.method).flatMap((method) => findings(method, settings, checksBodies(graph, method))),
  },
});

/** One of another stack cannot be looked into. */
function checksBodies(graph: PolicyGraph, method: StackResource): Truth {
  const { to, sure } = link(graph, method, "requestValidatorId", TYPES.requestValidator);
  const [first, ...others] = to.map(({ props }) => is(props["validateRequestBody"], (known) => known === true));
  return first !== undefined && sure && others.length === 0 ? first : UNKNOWN;
}

function findings(method: Resource, { methods }: Settings, checked: Truth): readonly Finding[] {
  const { httpMethod, requestValidatorId, requestModels } = method.props;
  const carries = is(httpMethod, (known) => methods.includes(known as string));
  const named = matches(requestValidatorId, /./);
  return [
    ...judge(method, or(not(carries), and(named === UNKNOWN ? checked : named, checked)), {
      finding: "requestValidatorId",
      seen: `\`httpMethod\` is ${show(httpMethod)} and ${named === true && checked === false ? "the validator's `validateRequestBody` is not true" : `\`requestValidatorId\` ${show(requestValidatorId)}`}`,
      wanted: "a RequestValidator with `validateRequestBody` true",
    }),
    ...judge(
      method,
      or(
        not(carries),
        is(entries(requestModels), (known) => (known as unknown[]).length > 0),
      ),
      {
        finding: "requestModels",
        seen: `\`httpMethod\` is ${show(httpMethod)} and \`requestModels\` ${show(requestModels)}`,
        wanted: "a Model for each content type",
      },
    ),
  ];
}
