import type * as pulumi from "@pulumi/pulumi";
import type { PolicyConfig } from "../contract/policySettings";
import type { InboundAuthArgs } from "./authorizer";

/** What every door needs to know of the agent behind it. */
export interface DoorArgs {
  /** ARN of the AgentCore runtime. */
  agentRuntimeArn: pulumi.Input<string>;
  /**
   * Endpoint name of the runtime.
   * @default "DEFAULT"
   */
  qualifier?: pulumi.Input<string>;
  /** The longest answer, seconds. Plain: every timeout of the door is computed from it. */
  maxDurationSeconds: number;
  /**
   * Memory of the function, megabytes.
   * @default 512
   */
  memorySizeMb?: pulumi.Input<number>;
  /**
   * How long logs are kept, days.
   * @default 30
   */
  logRetentionInDays?: pulumi.Input<number>;
  /**
   * ARN of the KMS key that encrypts the logs, in the same region; its policy must let CloudWatch Logs use it.
   * @default - AWS's own key
   */
  logKmsKeyArn?: pulumi.Input<string>;
  /**
   * What the door does with requests: runtime authorization, headers, fields, redaction, CORS. Plain: it is written into the function's archive.
   * @default - SigV4 to the runtime, every field handed on, no header mapped, nothing searched, no CORS
   */
  policy?: PolicyConfig;
}

/** What a door on API Gateway needs beside. */
export interface RestDoorArgs extends DoorArgs, InboundAuthArgs {
  /** ARN of the regional web ACL in front of the stage. */
  webAclArn: pulumi.Input<string>;
  /** Requests a second, and at once, that the stage takes. */
  throttle: Throttle;
}

export interface Throttle {
  /** Steady rate, requests a second. */
  rateLimit: pulumi.Input<number>;
  /** Requests at once. */
  burstLimit: pulumi.Input<number>;
}
