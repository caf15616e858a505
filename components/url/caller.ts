import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { awsContext } from "../shared/awsContext";
import { shortHash } from "../shared/shortHash";
import type { Caller } from "./callers";
import { callerStatements, isAccountId } from "./functionPolicy";

/**
 * Allows one principal to call a Function URL with the auth type `AWS_IAM`.
 *
 * @param target the function, and the alias of the URL if it has one
 */
export function allowCaller(
  name: string,
  { key, principal }: Caller,
  target: Pick<aws.lambda.PermissionArgs, "function" | "qualifier">,
  opts: { readonly parent: pulumi.Resource },
): void {
  const common = { ...target, principal: principalOf(principal, opts) };
  if (key === undefined && typeof principal === "string") {
    for (const statement of callerStatements(shortHash(principal))) {
      new aws.lambda.Permission(`${name}-${statement.statementId}`, { ...common, ...statement }, opts);
    }
    return;
  }
  // A key can get another principal, which replaces the permission. The provider deletes one with an id of the program's first; with a prefix
  // it makes ids that never meet, and the old permission is deleted last.
  for (const { statementId, ...statement } of callerStatements(shortHash(key ?? ""))) {
    const kind = statement.invokedViaFunctionUrl === true ? "function" : "url";
    const args = { ...common, ...statement, statementIdPrefix: `${statementId}-` };
    new aws.lambda.Permission(`${name}-caller-${key ?? ""}-${kind}`, args, opts);
  }
}

/** For an account id, AWS returns `arn:...:iam::ID:root`. With the id alone, every update would see a difference and replace the permission. */
function principalOf(caller: pulumi.Input<string>, opts: pulumi.InvokeOptions): pulumi.Input<string> {
  if (typeof caller === "string" && !isAccountId(caller)) return caller;
  const { partition } = awsContext(opts);
  return pulumi
    .all([caller, partition])
    .apply(([text, inPartition]) => (isAccountId(text) ? `arn:${inPartition}:iam::${text}:root` : text));
}
