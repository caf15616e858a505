import type * as pulumi from "@pulumi/pulumi";

/** A door, by the names that its metrics stand under. */
export interface DoorMetrics {
  /** Name of the door. Plain: alarms are called after it. */
  door: string;
  /** Name of the door's function. */
  functionName: pulumi.Input<string>;
  /**
   * Memory of the function, megabytes: the spend is estimated from it.
   * @default 512
   */
  memorySizeMb?: pulumi.Input<number>;
  /** The longest answer, seconds: answers that take nearly as long are an alarm. */
  maxDurationSeconds: pulumi.Input<number>;
  /**
   * Name of the door's REST API. Plain whether it is there: a door without one is a Function URL.
   * @default - a Function URL
   */
  apiName?: pulumi.Input<string>;
  /**
   * Name of the API's stage.
   * @default - a Function URL
   */
  stageName?: pulumi.Input<string>;
  /**
   * Concurrency that is reserved for the function. Plain: it decides whether an alarm exists.
   * @default 0 - none, and no alarm on it
   */
  reservedConcurrency?: number;
}

/** A web ACL, by the name that its metrics stand under. */
export interface WebAclMetrics {
  /** `metricName` of the ACL's visibility config. */
  metricName: pulumi.Input<string>;
  /**
   * `REGIONAL`, or `CLOUDFRONT` for an ACL whose metrics are in us-east-1. Plain: it decides in which region its alarm is.
   * @default "REGIONAL"
   */
  scope?: string;
}
