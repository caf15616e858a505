import { fact } from "../fact";
import type { Rule } from "../rule";

/**
 * Anything but AWS_IAM is open to the internet: an allow-list of one, so that a value nobody has heard of fails too.
 * Corresponds to checkov CKV_AWS_258 and prowler awslambda_function_url_public.
 */
export const functionUrlAwsIam: Rule = {
  form: "resource",
  id: "fd-lambda-function-url-aws-iam",
  description: "A Lambda Function URL authenticates its callers with AWS_IAM.",
  severity: "critical",
  remediationSteps:
    'Set authorizationType to "AWS_IAM" on the FunctionUrl. If it was ever NONE, also remove the public statements that Lambda left in the function\'s resource policy (aws lambda get-policy, remove-permission).',
  type: "aws:lambda/functionUrl:FunctionUrl",
  check: ({ urn, props }) => {
    const auth = fact(() => props["authorizationType"]);
    if (!auth.known) {
      return [{ status: "unproven", urn, message: "`authorizationType` is not known before the update." }];
    }
    if (auth.value === "AWS_IAM") return [];
    const found = auth.value === undefined ? "not set" : JSON.stringify(auth.value);
    return [{ status: "fail", urn, message: `\`authorizationType\` is ${found}; it must be "AWS_IAM".` }];
  },
};
