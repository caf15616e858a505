import type * as pulumi from "@pulumi/pulumi";
import type { AnswerConfig, CanaryConfig } from "../../contract/runtime/agents";
import type { PolicyConfig } from "../../contract/config/keys/policy";
import type { LogArgs } from "./logs";

/** The agents that a door can call. It can call no others. */
export interface AgentsArgs {
  /**
   * ARN of the AgentCore runtime behind `/invoke`.
   * @default "" - none: there are only `agents`
   */
  agentRuntimeArn?: pulumi.Input<string>;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: pulumi.Input<string>;
  /**
   * A share of the sessions of `/invoke` that goes to another endpoint of the runtime. Plain: it decides what is called.
   * @default {} - none
   */
  canary?: CanaryConfig;
  /**
   * The dialect of its event streams: see docs/agents.md.
   * @default "" - the first event that belongs to a dialect decides
   */
  dialect?: string;
  /**
   * Which field of its events has the text, instead of a dialect.
   * @default {} - what the dialect says
   */
  answer?: AnswerConfig;
  /**
   * More agents by name, at `/agents/{name}/invoke`. Names are plain: they decide which routes exist.
   * @default {} - none
   */
  agents?: Record<string, NamedAgent>;
  /**
   * Whether callers may stop their sessions. Plain: it decides what the function's role may do.
   * @default true
   */
  stopSession?: boolean;
}

/** A named agent, in addition to the one behind `/invoke`. */
export interface NamedAgent {
  /** ARN of its AgentCore runtime. */
  agentRuntimeArn: pulumi.Input<string>;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: string;
  /**
   * A share of its sessions that goes to another endpoint of the runtime.
   * @default {} - none
   */
  canary?: CanaryConfig;
  /**
   * The dialect of its event streams: see docs/agents.md.
   * @default - the first event that belongs to a dialect decides
   */
  dialect?: string;
  /**
   * Which field of its events has the text, instead of a dialect.
   * @default {} - what the dialect says
   */
  answer?: AnswerConfig;
}

/** Args of the function in front of the agents, the same for every door. */
export interface FunctionArgs extends AgentsArgs, LogArgs {
  /**
   * Memory of the function, megabytes. CPU power is proportional to it: 1,769 MB equal one vCPU.
   * @default 512
   */
  memorySizeMb?: pulumi.Input<number>;
  /**
   * Number of concurrent requests that the function accepts. It is reserved from the account's concurrency. 0 turns the door off.
   * @default -1 - reserves nothing and sets no limit: a new account has 10 for all its functions, and cannot reserve any of them
   */
  reservedConcurrency?: pulumi.Input<number>;
  /**
   * Number of execution environments that an alias keeps warm. Plain: it decides whether the setting exists.
   * @default 0 - none
   */
  provisionedConcurrency?: number;
  /**
   * How the door handles requests: runtime authorization, headers, fields, redaction, CORS. Plain: it is written into the function's archive.
   * @default - SigV4 to the runtime, every field passed on, no mapped header, no redaction, no CORS
   */
  policy?: PolicyConfig;
  /**
   * Code of your own before and after the agent: see docs/hooks.md.
   * @default {} - none
   */
  hook?: HooksArgs;
  /**
   * Whether the function sends X-Ray traces. Plain: it decides what the function's role may do.
   * @default true
   */
  tracing?: boolean;
}

/** Code of your own: a module in the function's archive, or another function. */
export interface HooksArgs {
  /**
   * Path of a module that is bundled into the archive; a relative one starts at the folder of the program.
   * @default - none
   */
  file?: string;
  /**
   * What the role of the function may do for that module.
   * @default [] - nothing
   */
  statements?: HookStatement[];
  /**
   * ARN of a function that is called instead, with its own role. Plain as to whether there is one.
   * @default - none
   */
  functionArn?: pulumi.Input<string>;
  /**
   * Time limit of each hook, milliseconds, 50 to 60000.
   * @default 3000
   */
  timeoutMs?: number;
}

/** A statement that allows actions. */
export interface HookStatement {
  /** Actions such as `dynamodb:GetItem`. */
  actions: string[];
  /** ARNs of the resources. */
  resources: pulumi.Input<string>[];
}

/** Args that every door has. */
export interface DoorArgs extends FunctionArgs {
  /** The longest answer, seconds. Plain: every timeout of the door is computed from it. */
  maxDurationSeconds: number;
}

/** The network of a function. */
export interface NetworkArgs {
  /** Ids of the subnets. */
  subnetIds: pulumi.Input<string[]>;
  /** Ids of the security groups. */
  securityGroupIds: pulumi.Input<string[]>;
  /**
   * Id of the VPC that the subnets are in. With it the function gets another security group, which keeps the function's role until its network
   * interfaces are deleted. Plain as to whether there is one.
   * @default - none: do not delete the role within 45 minutes after the function
   */
  vpcId?: pulumi.Input<string>;
}
