import type * as pulumi from "@pulumi/pulumi";

/** A door, with the names that identify it in its metrics. */
export interface DoorMetrics {
  /** Name of the door. Plain: it is part of the names of alarms. */
  door: string;
  /** Name of the door's function. */
  functionName: pulumi.Input<string>;
  /**
   * Memory of the function, megabytes. The estimated spend depends on it.
   * @default 512
   */
  memorySizeMb?: pulumi.Input<number>;
  /** The longest answer, seconds. An alarm starts if answers last nearly as long. */
  maxDurationSeconds: pulumi.Input<number>;
  /**
   * Name of the door's REST API. A door without one is a Function URL. Plain: whether it is set decides which metrics are used.
   * @default - a Function URL
   */
  apiName?: pulumi.Input<string>;
  /**
   * Name of the API's stage.
   * @default - a Function URL
   */
  stageName?: pulumi.Input<string>;
  /**
   * Reserved concurrency of the function. Plain: it decides whether an alarm exists.
   * @default 0 - none, and no alarm for it
   */
  reservedConcurrency?: number;
}

/** A web ACL, with the name that identifies it in its metrics. */
export interface WebAclMetrics {
  /** `metricName` of the ACL's visibility config. */
  metricName: pulumi.Input<string>;
  /**
   * `REGIONAL`, or `CLOUDFRONT` for an ACL whose metrics are in us-east-1. Plain: it decides in which region its alarm is.
   * @default "REGIONAL"
   */
  scope?: string;
}
