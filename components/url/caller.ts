import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortHash } from "../shared/shortHash";

/**
 * Lets one principal call a Function URL with `AWS_IAM`. A URL needs both permissions.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 *
 * @param caller ARN of a role or user, or an account id
 * @param target the function, and the alias that the URL belongs to
 */
export function allowCaller(
  name: string,
  caller: string,
  target: Pick<aws.lambda.PermissionArgs, "function" | "qualifier">,
  opts: { readonly parent: pulumi.Resource },
): void {
  // A name made of the principal's text could be too long for a statement id, and two principals could share it.
  const key = `caller-${shortHash(caller)}`;
  const common = { ...target, principal: principalOf(caller, opts) };
  new aws.lambda.Permission(
    `${name}-${key}-url`,
    { ...common, statementId: `${key}-url`, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" },
    opts,
  );
  new aws.lambda.Permission(
    `${name}-${key}-function`,
    { ...common, statementId: `${key}-function`, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
    opts,
  );
}

/** For an account AWS returns the ARN of its root: the id itself would differ from the state, and be replaced in each update. */
function principalOf(caller: string, opts: pulumi.InvokeOptions): pulumi.Input<string> {
  if (!/^[0-9]{12}$/.test(caller)) return caller;
  const { partition } = aws.getPartitionOutput({}, opts);
  return pulumi.interpolate`arn:${partition}:iam::${caller}:root`;
}
