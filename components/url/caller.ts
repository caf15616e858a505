import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { awsContext } from "../shared/awsContext";
import { callerStatements, isAccountId } from "./functionPolicy";

/**
 * Allows one principal to call a Function URL with the auth type `AWS_IAM`.
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
  const common = { ...target, principal: principalOf(caller, opts) };
  for (const statement of callerStatements(caller)) {
    new aws.lambda.Permission(`${name}-${statement.statementId}`, { ...common, ...statement }, opts);
  }
}

/** For an account id, AWS returns `arn:...:iam::ID:root`. With the id alone, every update would see a difference and replace the permission. */
function principalOf(caller: string, opts: pulumi.InvokeOptions): pulumi.Input<string> {
  if (!isAccountId(caller)) return caller;
  const { partition } = awsContext(opts);
  return pulumi.interpolate`arn:${partition}:iam::${caller}:root`;
}
