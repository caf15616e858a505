import type { Resource } from "../../model/graph";
import { defineRule } from "../../model/rule";
import { at, is, type Truth } from "../../model/value";
import { beyondEdge } from "./beyondEdge";

interface Settings {
  readonly required: boolean;
}

const PATH = ["tracingConfig", "mode"];

/** Nothing set, and what the provider reads back for it, is a failure only where tracing is asked for. */
const isTraced = ({ props }: Resource, { required }: Settings): Truth =>
  required ? is(at(props, ...PATH), (known) => known === "Active") : true;
const { resource, stack } = beyondEdge<Settings>({ path: PATH, truth: isTraced, wanted: '"Active"' });

export const functionTracing = defineRule<Settings>({
  id: "fd-lambda-function-tracing",
  description: "Where tracing is required, a function sends X-Ray traces.",
  rationale:
    "A trace shows in which part of the path an answer was lost or slow (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html). It costs money and needs rights, so a stack asks for it. Lambda@Edge has no X-Ray: a function that a distribution runs there is exempt.",
  severity: "low",
  group: "hygiene",
  frameworks: {
    securityHub: ["Lambda.7"],
    checkov: ["CKV_AWS_50"],
    trivy: ["AWS-0066"],
    cdkNag: ["Serverless-LambdaTracing"],
    kics: ["lambda_functions_without_x-ray_tracing"],
    pulumi: ["aws-lambda-function-enable-tracing-config", "aws-lambda-function-configure-tracing-config"],
  },
  remediationSteps:
    'Set tracingConfig.mode to "Active", and let the function\'s role xray:PutTraceSegments and xray:PutTelemetryRecords.',
  settings: {
    required: { type: "boolean", description: "Whether functions have to send traces.", default: false },
  },
  resource: {
    ...resource,
    remediate: (fn, settings) => (resource.check(fn, settings).length > 0 ? [{ path: PATH, value: "Active" }] : []),
  },
  stack,
});
