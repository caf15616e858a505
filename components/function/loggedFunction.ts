import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkArgs } from "../shared/args";
import { logGroupArgs, type LogArgs } from "../shared/logs";
import { networkAttachment } from "./networkAttachment";
import { trustPolicy, writeLogStatement } from "./roles";

/** The parts in which functions differ. */
export interface LoggedFunction {
  /** Retention and encryption of the function's log. */
  readonly logs: LogArgs;
  /** Returns all statements of its role, given the statement that allows it to write its log. */
  readonly rights: (log: object) => readonly object[];
  /** Subnets and security groups of the function; undefined for Lambda's own network. */
  readonly network?: NetworkArgs | undefined;
  readonly fn: Omit<
    aws.lambda.FunctionArgs,
    "architectures" | "handler" | "loggingConfig" | "role" | "runtime" | "vpcConfig"
  >;
}

/** Creates a bundled function with its own log group and its own role. */
export function loggedFunction(
  name: string,
  { logs, rights, network, fn: args }: LoggedFunction,
  opts: pulumi.CustomResourceOptions,
): { readonly fn: aws.lambda.Function; readonly role: aws.iam.Role } {
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-logs`, logGroupArgs(logs), opts);
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: trustPolicy("lambda.amazonaws.com") }, opts);
  const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: rights(writeLogStatement(logGroup.arn)) });
  const attachment = network && networkAttachment(name, role, network, opts);
  const rolePolicy = new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy }, opts);
  const fn = new aws.lambda.Function(
    name,
    {
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      role: role.arn,
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      ...args,
      ...(attachment && { vpcConfig: attachment.vpcConfig }),
    },
    // The role needs its policies before the first invocation.
    { ...opts, dependsOn: [rolePolicy, ...(attachment ? [attachment.rights] : [])] },
  );
  return { fn, role };
}
