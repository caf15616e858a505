import type * as pulumi from "@pulumi/pulumi";
import type { CanaryConfig } from "../../contract/runtime/agents";
import type { PolicyConfig } from "../../contract/config/policy";
import type { LogArgs } from "./logs";

/** The agents that a door can call, and no others. */
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
   * A share of the sessions of `/invoke` for another endpoint of the runtime. Plain: it decides what is called.
   * @default {} - none
   */
  canary?: CanaryConfig;
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

/** An agent beside the one behind `/invoke`. */
export interface NamedAgent {
  /** ARN of its AgentCore runtime. */
  agentRuntimeArn: pulumi.Input<string>;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: string;
  /**
   * A share of its sessions for another endpoint of the runtime.
   * @default {} - none
   */
  canary?: CanaryConfig;
}

/** What a function in front of agents is told, whichever door it serves. */
export interface FunctionArgs extends AgentsArgs, LogArgs {
  /**
   * Memory of the function, megabytes. CPU grows with it: 1,769 MB are one vCPU.
   * @default 512
   */
  memorySizeMb?: pulumi.Input<number>;
  /**
   * Requests at once that the function takes, out of the account's concurrency; 0 turns the door off, -1 reserves nothing and sets no limit.
   * @default 50
   */
  reservedConcurrency?: pulumi.Input<number>;
  /**
   * Sandboxes that are kept warm behind an alias. Plain: it decides whether the alias exists.
   * @default 0 - none, and no alias
   */
  provisionedConcurrency?: number;
  /**
   * What the door does with requests: runtime authorization, headers, fields, redaction, CORS. Plain: it is written into the function's archive.
   * @default - SigV4 to the runtime, every field handed on, no header mapped, nothing searched, no CORS
   */
  policy?: PolicyConfig;
  /**
   * X-Ray traces. Plain: it decides what the function's role may do.
   * @default true
   */
  tracing?: boolean;
}

/** What every door needs to know of the agent behind it. */
export interface DoorArgs extends FunctionArgs {
  /** The longest answer, seconds. Plain: every timeout of the door is computed from it. */
  maxDurationSeconds: number;
}

/** Where a function's calls leave from. */
export interface NetworkArgs {
  /** Ids of the subnets. */
  subnetIds: pulumi.Input<string[]>;
  /** Ids of the security groups. */
  securityGroupIds: pulumi.Input<string[]>;
}
