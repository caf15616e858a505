import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortHash } from "../shared/shortHash";
import { awsContext } from "../shared/awsContext";

/**
 * Allows one principal to call a Function URL with the auth type `AWS_IAM`. A URL requires both permissions.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 *
 * @param caller ARN of a role or user, or an account id
 * @param target the function, and the alias of the URL if it has one
 */
export function allowCaller(
  name: string,
  caller: string,
  target: Pick<aws.lambda.PermissionArgs, "function" | "qualifier">,
  opts: { readonly parent: pulumi.Resource },
): void {
  // A hash, because a statement id made from the principal itself could be too long, or the same for two principals.
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

/** For an account id, AWS returns `arn:...:iam::ID:root`. With the id alone, every update would see a difference and replace the permission. */
function principalOf(caller: string, opts: pulumi.InvokeOptions): pulumi.Input<string> {
  if (!/^[0-9]{12}$/.test(caller)) return caller;
  const { partition } = awsContext(opts);
  return pulumi.interpolate`arn:${partition}:iam::${caller}:root`;
}
