import { functionsOf } from "../../aws/links";
import { TYPES } from "../../aws/types";
import { defineRule, judge } from "../../model/rule";
import { and, at, is, list, not, or, UNKNOWN } from "../../model/value";

export const functionUrlStreaming = defineRule({
  id: "fd-lambda-function-url-streaming",
  description: "A Function URL that streams belongs to a function outside of a VPC.",
  rationale:
    "Function URLs do not stream from functions in a VPC: the answer comes at once, when it is complete, or not at all (https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html).",
  severity: "medium",
  frameworks: { catalogue: ["FD62"] },
  remediationSteps:
    "Take vpcConfig out of the function, or stream through a REST API whose integration has responseTransferMode STREAM.",
  stack: {
    types: [TYPES.functionUrl],
    check: (graph) =>
      graph.all(TYPES.functionUrl).flatMap((url) => {
        const { to, sure } = functionsOf(graph, url, "functionName");
        const inVpc = or(
          ...to.map(({ props }) => {
            const subnets = list(at(props, "vpcConfig", "subnetIds"));
            return and(
              sure || UNKNOWN,
              is(subnets, (known) => (known as unknown[]).length > 0),
            );
          }),
        );
        const streams = is(url.props["invokeMode"], (known) => known === "RESPONSE_STREAM");
        return judge(url, not(and(streams, inVpc)), {
          finding: "invokeMode",
          seen: "the URL streams, and its function is in a VPC, or may be",
          wanted: "a function without `vpcConfig`, or BUFFERED",
        });
      }),
  },
});
