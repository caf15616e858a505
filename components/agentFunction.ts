import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { invokeResources } from "../contract/arn";
import type { DoorName } from "../contract/doors";
import { ENVIRONMENT } from "../contract/environment";
import { doorPolicy, type PolicyConfig } from "../contract/policySettings";
import type { Timeouts } from "../contract/timeouts";
import { bundleHandler, type HandlerEntry } from "./bundle";
import { trustLambda, writeLog } from "./lambdaRole";
import { logGroupArgs } from "./logGroupArgs";
import { requirePolicy } from "./requirePolicy";

export interface AgentFunctionArgs {
  /** The AgentCore runtime that the function may call, and the only one. */
  agentRuntimeArn: pulumi.Input<string>;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: pulumi.Input<string>;
  /** The door that the function serves; stands in its log lines. */
  door: DoorName;
  /** Entry file in functions/. Plain: it decides what is bundled. */
  entry: HandlerEntry;
  /** Timeouts of the door, from `timeouts()` in contract/. */
  timeouts: Timeouts;
  /**
   * Memory, megabytes. CPU grows with it: 1,769 MB are one vCPU.
   * @default 512
   */
  memorySizeMb?: pulumi.Input<number>;
  /**
   * How long the log is kept, days.
   * @default 30
   */
  logRetentionInDays?: pulumi.Input<number>;
  /**
   * ARN of the KMS key that encrypts the log, in the same region; its policy must let CloudWatch Logs use it.
   * @default - AWS's own key
   */
  logKmsKeyArn?: pulumi.Input<string>;
  /**
   * What the function does with requests. Plain: it is written into the archive.
   * @default - SigV4 to the runtime, every field handed on, no header mapped, nothing searched, no CORS
   */
  policy?: PolicyConfig;
  /**
   * Whether an edge calls for everybody, so that the function must not ask who calls. Plain: it is written into the archive.
   * @default false
   */
  publicEdge?: boolean;
}

/** The function behind a door: its code, its own log group, and a role that may call one agent and write one log. */
export class AgentFunction extends pulumi.ComponentResource {
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  /** Integration URI for a whole answer. */
  public readonly invokeArn: pulumi.Output<string>;
  /** Integration URI for a streamed answer. */
  public readonly responseStreamingInvokeArn: pulumi.Output<string>;

  constructor(name: string, args: AgentFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:AgentFunction", name, args, opts);
    const parent = { parent: this };
    const { policy = {} } = args;
    requirePolicy(name, policy);

    const logGroup = new aws.cloudwatch.LogGroup(`${name}-logs`, logGroupArgs(args), parent);

    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: trustLambda() }, parent);
    const rights = new aws.iam.RolePolicy(
      `${name}-policy`,
      { role: role.id, policy: allowAgentAndLog(pulumi.output(args.agentRuntimeArn), logGroup.arn) },
      parent,
    );

    const fn = new aws.lambda.Function(
      name,
      {
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: bundleHandler(args.entry, doorPolicy(policy, args.publicEdge)),
        role: role.arn,
        timeout: args.timeouts.lambdaSeconds,
        memorySize: args.memorySizeMb ?? 512,
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        environment: {
          variables: {
            [ENVIRONMENT.runtimeArn]: args.agentRuntimeArn,
            [ENVIRONMENT.qualifier]: args.qualifier ?? "DEFAULT",
            [ENVIRONMENT.door]: args.door,
            [ENVIRONMENT.marginMs]: String(args.timeouts.marginMs),
          },
        },
      },
      // The role's rights must exist before the first invocation.
      { ...parent, dependsOn: rights },
    );

    this.name = fn.name;
    this.arn = fn.arn;
    this.invokeArn = fn.invokeArn;
    this.responseStreamingInvokeArn = fn.responseStreamingInvokeArn;
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}

function allowAgentAndLog(
  runtimeArn: pulumi.Output<string>,
  logGroupArn: pulumi.Output<string>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      // Only these actions: the wildcard InvokeAgentRuntime* would include a shell in the agent's microVM.
      {
        Sid: "InvokeAgent",
        Effect: "Allow",
        Action: ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:StopRuntimeSession"],
        Resource: runtimeArn.apply(invokeResources),
      },
      writeLog(logGroupArn),
    ],
  });
}
