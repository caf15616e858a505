import { TYPES } from "../../aws/types";
import { defineRule, judgeProperty } from "../../model/rule";
import type { Resource } from "../../model/graph";
import { is } from "../../model/value";

/** An allow-list of one: a value that nobody has heard of fails too. */
const check = (url: Resource) => {
  const auth = url.props["authorizationType"];
  return judgeProperty(
    url,
    "authorizationType",
    auth,
    is(auth, (known) => known === "AWS_IAM"),
    '"AWS_IAM"',
  );
};

export const functionUrlAwsIam = defineRule({
  id: "fd-lambda-function-url-aws-iam",
  description: "A Lambda Function URL authenticates its callers with AWS_IAM.",
  rationale:
    "Any other value opens the function to the internet. A URL that was ever NONE also leaves statements for everyone in the function's resource policy, which are not removed with the URL (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).",
  severity: "critical",
  frameworks: {
    catalogue: ["FD01"],
    checkov: ["CKV_AWS_258"],
    cdkNag: ["LambdaFunctionUrlAuth"],
    prowler: ["awslambda_function_url_public"],
  },
  remediationSteps:
    'Set authorizationType to "AWS_IAM" on the FunctionUrl. If it was ever NONE, also remove the public statements that Lambda left in the function\'s resource policy (aws lambda get-policy, remove-permission).',
  unwaivable: true,
  resource: { types: [TYPES.functionUrl], check },
  // A stack rule sees what is deployed, also where `ignoreChanges` hides it from the inputs.
  stack: { types: [TYPES.functionUrl], check: (graph) => graph.all(TYPES.functionUrl).flatMap(check) },
});
