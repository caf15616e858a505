import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logGroupArgs, type LogArgs } from "../shared/logs";
import { trust, writeLog } from "./roles";

/** What is particular to a function. */
export interface LoggedFunction {
  /** How the function's log is kept. */
  readonly logs: LogArgs;
  /** Statements of its role, around the one that lets it write its log. */
  readonly rights: (log: object) => readonly object[];
  readonly fn: Omit<aws.lambda.FunctionArgs, "architectures" | "handler" | "loggingConfig" | "role" | "runtime">;
}

/** A bundled function with a log group of its own, and a role that no other function has. */
export function loggedFunction(
  name: string,
  { logs, rights, fn: args }: LoggedFunction,
  opts: pulumi.CustomResourceOptions,
): { readonly fn: aws.lambda.Function; readonly role: aws.iam.Role } {
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-logs`, logGroupArgs(logs), opts);
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: trust("lambda.amazonaws.com") }, opts);
  const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: rights(writeLog(logGroup.arn)) });
  const dependsOn = new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy }, opts);
  const fn = new aws.lambda.Function(
    name,
    {
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      role: role.arn,
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      ...args,
    },
    // The role's rights must exist before the first invocation.
    { ...opts, dependsOn },
  );
  return { fn, role };
}
