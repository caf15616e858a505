import * as pulumi from "@pulumi/pulumi";
import type { DoorName } from "../../contract/wire/doors";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import { doorPolicy } from "../../contract/config/keys/policy";
import type { Timeouts } from "../../contract/aws/timeouts";
import { createSessionKey, signIdsStatement } from "./sessionKey";
import { agentVariables, requireAgent, requireReading } from "./variables";
import { hookFile, hookPolicy, hookRights, requireHooks } from "./hookArgs";
import { invokeAgentsStatement } from "./agentRights";
import { bundleHandler, type HandlerEntry } from "./bundle";
import type { FunctionArgs, NetworkArgs } from "../shared/args";
import { TRACE_RIGHTS } from "./rights";
import { LiveAlias } from "./liveAlias";
import { tokenSettings, type TokenArgs } from "../auth/tokens";
import { loggedFunction } from "./loggedFunction";
import { requirePolicy } from "../shared/requirePolicy";

export interface AgentFunctionArgs extends FunctionArgs {
  /** The door that the function serves. Every log line contains it. */
  door: DoorName;
  /** Entry file in functions/. Plain: it decides what is bundled. */
  entry: HandlerEntry;
  /** Timeouts of the door, from `timeouts()` in contract/. */
  timeouts: Timeouts;
  /**
   * Whether the requests come from a public edge. The caller is then anonymous, and the function does not identify it. Plain: it is written
   * into the archive.
   * @default false
   */
  publicEdge?: boolean;
  /**
   * Whose tokens users send at that edge. Plain as to whether there is one: it decides what is in the archive.
   * @default - none: the callers of an edge are anonymous
   */
  userTokens?: TokenArgs;
  /**
   * Whether the alias `live` exists without provisioned concurrency too. Plain: it decides whether versions are published.
   * @default false
   */
  alwaysAlias?: boolean;
  /**
   * Subnets and security groups of the function. Plain: it decides what the role may do.
   * @default - Lambda's own network
   */
  network?: NetworkArgs;
}

/** The function behind a door: its code, its log group, and a role that may call the agents and write that log. */
export class AgentFunction extends pulumi.ComponentResource {
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  /** Alias to call. It needs its own permissions. Undefined if there is none. */
  public readonly alias: pulumi.Output<string> | undefined;
  /** Integration URI for a buffered answer. */
  public readonly invokeArn: pulumi.Output<string>;
  /** Integration URI for a streamed answer. */
  public readonly responseStreamingInvokeArn: pulumi.Output<string>;

  constructor(name: string, args: AgentFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:AgentFunction", name, args, opts);
    const parent = { parent: this };
    const { policy = {}, provisionedConcurrency = 0, tracing = true, network, userTokens, hook = {} } = args;
    const hasAlias = args.alwaysAlias === true || provisionedConcurrency > 0;
    const extraRights = tracing ? TRACE_RIGHTS : [];
    requirePolicy(name, policy);
    if (args.publicEdge && policy.agentErrors === "pass")
      throw new pulumi.RunError(
        `\`policy.agentErrors\` of "${name}" is "pass", but the function is behind a public edge: the text of an agent's failure would reach the public. Use replace.`,
      );
    requireAgent(name, args);
    requireReading(name, args);
    requireHooks(name, hook);

    const sessionKey = args.publicEdge && !userTokens ? createSessionKey(name, parent) : undefined;
    const { fn, role } = loggedFunction(
      name,
      {
        logs: args,
        rights: (log) => [
          invokeAgentsStatement(args),
          log,
          ...(sessionKey ? [signIdsStatement(sessionKey)] : []),
          ...hookRights(hook),
          ...extraRights,
        ],
        network,
        fn: {
          code: bundleHandler(
            args.entry,
            { ...doorPolicy(policy, args.publicEdge, userTokens !== undefined), ...hookPolicy(hook) },
            { schema: policy.payload?.schema, hooks: hookFile(hook) },
          ),
          timeout: args.timeouts.lambdaSeconds,
          memorySize: args.memorySizeMb ?? 512,
          reservedConcurrentExecutions: args.reservedConcurrency ?? -1,
          ...(hasAlias && { publish: true }),
          tracingConfig: { mode: tracing ? "Active" : "PassThrough" },
          environment: {
            variables: {
              ...agentVariables(args),
              [ENVIRONMENT.door]: args.door,
              [ENVIRONMENT.marginMs]: String(args.timeouts.marginMs),
              ...(userTokens && { [ENVIRONMENT.jwt]: tokenSettings(userTokens) }),
              ...(sessionKey && { [ENVIRONMENT.sessionKey]: sessionKey.arn }),
              ...(hook.functionArn !== undefined && { [ENVIRONMENT.hookFunction]: hook.functionArn }),
            },
          },
        },
      },
      parent,
    );

    const live = hasAlias
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
