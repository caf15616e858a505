import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DoorName } from "../contract/doors";
import { ENVIRONMENT } from "../contract/environment";
import { doorPolicy, type PolicyConfig } from "../contract/policySettings";
import type { Timeouts } from "../contract/timeouts";
import { agentVariables, requireAgent } from "./agentVariables";
import { allowAgentsAndLog } from "./agentRights";
import { bundleHandler, type HandlerEntry } from "./bundle";
import type { AgentsArgs, NetworkArgs } from "./doorArgs";
import { NETWORK_RIGHTS, TRACE_RIGHTS } from "./functionRights";
import { trustLambda } from "./lambdaRole";
import { LiveAlias } from "./liveAlias";
import { logGroupArgs } from "./logGroupArgs";
import { requirePolicy } from "./requirePolicy";

export interface AgentFunctionArgs extends AgentsArgs {
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
   * Requests at once that the function takes, out of the account's concurrency; 0 turns it off, -1 reserves nothing and sets no limit.
   * @default 50
   */
  reservedConcurrency?: pulumi.Input<number>;
  /**
   * Sandboxes that are kept warm behind an alias. Plain: it decides whether the alias exists.
   * @default 0 - none, and no alias
   */
  provisionedConcurrency?: number;
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
  /**
   * X-Ray traces of the function. Plain: it decides what the role may do.
   * @default true
   */
  tracing?: boolean;
  /**
   * Subnets that the function's calls leave from. Plain: it decides what the role may do.
   * @default - Lambda's own network
   */
  network?: NetworkArgs;
}

/** The function behind a door: its code, its own log group, and a role that may call its agents and write one log. */
export class AgentFunction extends pulumi.ComponentResource {
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  /** Alias to call, with permissions of its own; undefined where nothing is provisioned. */
  public readonly alias: pulumi.Output<string> | undefined;
  /** Integration URI for a whole answer. */
  public readonly invokeArn: pulumi.Output<string>;
  /** Integration URI for a streamed answer. */
  public readonly responseStreamingInvokeArn: pulumi.Output<string>;

  constructor(name: string, args: AgentFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:AgentFunction", name, args, opts);
    const parent = { parent: this };
    const { policy = {}, provisionedConcurrency = 0, tracing = true, network } = args;
    const extraRights = [...(tracing ? TRACE_RIGHTS : []), ...(network ? NETWORK_RIGHTS : [])];
    requirePolicy(name, policy);
    requireAgent(name, args);

    const logGroup = new aws.cloudwatch.LogGroup(`${name}-logs`, logGroupArgs(args), parent);

    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: trustLambda() }, parent);
    const rights = new aws.iam.RolePolicy(
      `${name}-policy`,
      { role: role.id, policy: allowAgentsAndLog(args, logGroup.arn, extraRights) },
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
        reservedConcurrentExecutions: args.reservedConcurrency ?? 50,
        ...(provisionedConcurrency > 0 && { publish: true }),
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        tracingConfig: { mode: tracing ? "Active" : "PassThrough" },
        ...(network && { vpcConfig: { subnetIds: network.subnetIds, securityGroupIds: network.securityGroupIds } }),
        environment: {
          variables: {
            ...agentVariables(args),
            [ENVIRONMENT.door]: args.door,
            [ENVIRONMENT.marginMs]: String(args.timeouts.marginMs),
          },
        },
      },
      // The role's rights must exist before the first invocation.
      { ...parent, dependsOn: rights },
    );

    const live =
      provisionedConcurrency > 0
        ? new LiveAlias(name, { functionName: fn.name, version: fn.version, provisionedConcurrency }, parent)
        : undefined;

    this.name = fn.name;
    this.arn = fn.arn;
    this.roleArn = role.arn;
    this.alias = live?.name;
    this.invokeArn = live?.invokeArn ?? fn.invokeArn;
    this.responseStreamingInvokeArn = live?.responseStreamingInvokeArn ?? fn.responseStreamingInvokeArn;
    this.registerOutputs({ name: this.name, arn: this.arn, roleArn: this.roleArn });
  }
}
