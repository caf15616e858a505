import { isStructured } from "../../aws/accessLogs";
import { link } from "../../aws/links";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { at, is, or, UNKNOWN, type Truth } from "../../model/value";

const DESTINATION =
  /^arn:[\w-]+:(?:logs:[\w-]+:\d{12}:log-group:[^:*]+(?::\*)?|firehose:[\w-]+:\d{12}:deliverystream\/amazon-apigateway-.+)$/;

interface Settings {
  readonly destinations: readonly string[];
}

export const accessLog = defineRule<Settings>({
  id: "fd-apigateway-access-log",
  description: "Every stage writes a structured access log to a log group or delivery stream of the stack.",
  rationale:
    "Without an access log nobody can tell who called an agent. Lines that are JSON can be queried by field, and their fields can be checked (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html). A group that the stack does not manage has neither a known retention nor a known key.",
  severity: "medium",
  group: "hygiene",
  frameworks: {
    catalogue: ["FD35"],
    securityHub: ["APIGateway.9"],
    checkov: ["CKV_AWS_76"],
    cdkNag: ["AwsSolutions-APIG1", "APIGWStructuredLogging"],
    trivy: ["AWS-0001"],
    cfnGuard: ["API_GW_STAGE_ACCESS_LOGGING_RULE"],
  },
  remediationSteps:
    "Set accessLogSettings on the Stage: destinationArn is the arn of a LogGroup in this stack, format is one JSON object of $context variables. Name a group that another stack manages in the setting `destinations`.",
  settings: {
    destinations: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "ARNs of log groups and delivery streams that are managed elsewhere and may receive access logs.",
    },
  },
  resource: { types: [TYPES.stage], check: checkShape },
  stack: {
    types: [TYPES.stage],
    check: (graph, settings) => graph.all(TYPES.stage).flatMap((stage) => checkDestination(graph, stage, settings)),
  },
});

function checkShape(stage: Resource) {
  if (at(stage.props, "accessLogSettings") === undefined)
    return judgeProperty(stage, "accessLogSettings", undefined, false, "a destination and a format");
  const [destination, format] = ["destinationArn", "format"].map((key) => at(stage.props, "accessLogSettings", key));
  return [
    ...judgeProperty(
      stage,
      "accessLogSettings.destinationArn",
      destination,
      // Unknown here is the usual case, and the stack form follows it.
      destination === UNKNOWN || (typeof destination === "string" && DESTINATION.test(destination)),
      "the ARN of a log group, or of a delivery stream whose name begins with amazon-apigateway-",
    ),
    ...judgeProperty(
      stage,
      "accessLogSettings.format",
      format,
      is(format, (known) => typeof known === "string" && isStructured(known)),
      "one JSON object of $context variables",
    ),
  ];
}

function checkDestination(graph: PolicyGraph, stage: StackResource, { destinations }: Settings) {
  const destination = at(stage.props, "accessLogSettings", "destinationArn");
  if (destination === undefined) return [];
  const managed = [TYPES.logGroup, TYPES.deliveryStream].map((type): Truth => {
    const { to, sure } = link(graph, stage, "accessLogSettings", type, destination);
    return sure ? to.length > 0 : UNKNOWN;
  });
  const named = is(destination, (known) => destinations.includes(String(known).replace(/:\*$/, "")));
  return judgeProperty(
    stage,
    "accessLogSettings.destinationArn",
    destination,
    or(named, ...managed),
    "the arn of a log group in this stack, or one that the setting `destinations` names",
  );
}
