import type { Resource } from "../../model/graph";
import { defineRule } from "../../model/rule";
import { at, is, type Truth } from "../../model/value";
import { beyondEdge } from "./beyondEdge";

const isJson = ({ props }: Resource): Truth => is(at(props, "loggingConfig", "logFormat"), (known) => known === "JSON");
const { resource, stack } = beyondEdge({ path: ["loggingConfig", "logFormat"], truth: isJson, wanted: '"JSON"' });

export const functionLogFormat = defineRule({
  id: "fd-lambda-function-log-format",
  description: "A function logs JSON.",
  rationale:
    "Fields can be searched, counted and redacted, text cannot, and log levels only work with JSON (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html). A function that a distribution runs at the edge logs in every region by itself and is exempt.",
  severity: "low",
  group: "hygiene",
  frameworks: { cdkNag: ["LambdaLogging"] },
  remediationSteps: 'Set loggingConfig.logFormat to "JSON".',
  resource: {
    ...resource,
    remediate: (fn, settings) =>
      resource.check(fn, settings).length > 0 ? [{ path: ["loggingConfig", "logFormat"], value: "JSON" }] : [],
  },
  stack,
});
