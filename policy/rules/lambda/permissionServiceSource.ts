import { isOtherService } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import type { PolicyGraph, Resource, StackResource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, not, or, UNKNOWN, type Truth } from "../../model/value";

const WITH_ACCOUNT = /^arn:aws[\w-]*:[\w-]+:[^:]*:\d{12}:.+$/;

const judged = (permission: Resource, source: Truth) =>
  judgeProperty(
    permission,
    "sourceArn",
    permission.props["sourceArn"],
    or(not(isOtherService(permission)), source),
    "an ARN that names its account, or else a `sourceAccount`",
  );

function isPinned({ props }: Resource): Truth {
  const matches = (property: string, pattern: RegExp) => is(props[property], (known) => pattern.test(String(known)));
  return or(
    matches("sourceArn", WITH_ACCOUNT),
    matches("sourceAccount", /^\d{12}$/),
    // Alexa has no ARNs: a skill's id stands for it.
    matches("eventSourceToken", /^amzn1\.ask\.skill\.[\w-]+$/),
  );
}

/** A new resource's ARN names its account, unless it is a bucket's: names of buckets pass from one account to another. */
function isOfOneResource(graph: PolicyGraph, { props, sources }: StackResource): boolean {
  const [source = "", ...more] = sources["sourceArn"] ?? [];
  const type = graph.get(source)?.type;
  return props["sourceArn"] === UNKNOWN && more.length === 0 && type !== undefined && !type.startsWith("aws:s3/");
}

export const permissionServiceSource = defineRule({
  id: "fd-lambda-permission-service-source",
  description: "A Lambda permission for a service names the resource or the account that the service calls for.",
  rationale:
    "A service calls for every customer it has: without a source anybody's bucket, topic or rule can invoke the function (https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html). `*` names nothing.",
  severity: "critical",
  frameworks: {
    securityHub: ["Lambda.1"],
    checkov: ["CKV_AWS_364"],
    trivy: ["AWS-0067"],
    pulumi: ["aws-lambda-permission-configure-source-arn"],
  },
  remediationSteps:
    "Set sourceArn to the ARN of the resource that calls. Where that ARN has no account in it, as a bucket's, also set sourceAccount to your own account.",
  resource: {
    types: [TYPES.permission],
    // The ARN of a new resource is not known before the update: the stack form follows it.
    check: (permission) => (permission.props["sourceArn"] === UNKNOWN ? [] : judged(permission, isPinned(permission))),
  },
  stack: {
    types: [TYPES.permission],
    check: (graph) =>
      graph
        .all(TYPES.permission)
        .flatMap((permission) => judged(permission, isOfOneResource(graph, permission) || isPinned(permission))),
  },
});
