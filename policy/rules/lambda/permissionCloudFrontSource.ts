import { isCloudFront } from "../../aws/permission";
import { TYPES } from "../../aws/types";
import type { Resource } from "../../model/graph";
import { defineRule, judgeProperty } from "../../model/rule";
import { is, not, or, UNKNOWN, type Truth } from "../../model/value";

const ONE_DISTRIBUTION = /^arn:aws[\w-]*:cloudfront::\d{12}:distribution\/[A-Z0-9]+$/;

const judged = (permission: Resource, source: Truth) =>
  judgeProperty(
    permission,
    "sourceArn",
    permission.props["sourceArn"],
    or(not(isCloudFront(permission)), source),
    "the ARN of one distribution",
  );

const isOne = ({ props }: Resource): Truth =>
  is(props["sourceArn"], (known) => typeof known === "string" && ONE_DISTRIBUTION.test(known));

export const permissionCloudFrontSource = defineRule({
  id: "fd-lambda-permission-cloudfront-source",
  description: "A Lambda permission for CloudFront names one distribution as its source.",
  rationale:
    "With `distribution/*` any distribution of the account, and without a source ARN one of any account, can be put in front of the function, with no web ACL (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html).",
  severity: "critical",
  frameworks: {
    catalogue: ["FD06"],
    checkov: ["CKV_AWS_364"],
    trivy: ["AWS-0067"],
    pulumi: ["aws-lambda-permission-configure-source-arn"],
  },
  remediationSteps: "Set sourceArn to the distribution's own arn (distribution.arn).",
  resource: {
    types: [TYPES.permission],
    // The ARN of a new distribution is not known before the update: the stack form follows it.
    check: (permission) => (permission.props["sourceArn"] === UNKNOWN ? [] : judged(permission, isOne(permission))),
  },
  stack: {
    types: [TYPES.permission],
    check: (graph) =>
      graph.all(TYPES.permission).flatMap((permission) => {
        const followed =
          permission.props["sourceArn"] === UNKNOWN &&
          graph.sources(permission, "sourceArn", TYPES.distribution).length === 1;
        return judged(permission, followed || isOne(permission));
      }),
  },
});
