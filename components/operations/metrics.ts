import * as pulumi from "@pulumi/pulumi";
import { METRIC_NAMESPACE, type Metric } from "../../contract/runtime/metrics";
import { PRICES_USD } from "../../contract/aws/prices";
import type { DoorMetrics, WebAclMetrics } from "./types";

/** A metric of CloudWatch, as alarms and widgets both name it. */
export interface MetricSource {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What a function's handler measures of its requests. */
export function handler({ functionName, door }: DoorMetrics, metricName: Metric): MetricSource {
  return { namespace: METRIC_NAMESPACE, metricName, dimensions: { function: functionName, door } };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html and, for a Function URL, https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
export function lambda({ functionName }: DoorMetrics, metricName: string): MetricSource {
  return { namespace: "AWS/Lambda", metricName, dimensions: { FunctionName: functionName } };
}

interface Entrance {
  readonly requests: MetricSource;
  /** Refused callers, throttled ones (429) among them: neither service counts these alone. */
  readonly refusals: MetricSource;
  readonly failures: MetricSource;
}

/** What stands before the function: the stage, or the Function URL. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export function entrance(door: DoorMetrics): Entrance {
  const { apiName, stageName } = door;
  if (apiName === undefined || stageName === undefined) {
    return {
      requests: lambda(door, "UrlRequestCount"),
      refusals: lambda(door, "Url4xxCount"),
      failures: lambda(door, "Url5xxCount"),
    };
  }
  const stage = (metricName: string): MetricSource => ({
    namespace: "AWS/ApiGateway",
    metricName,
    dimensions: { ApiName: apiName, Stage: stageName },
  });
  return { requests: stage("Count"), refusals: stage("4XXError"), failures: stage("5XXError") };
}

/** Metrics of a CLOUDFRONT web ACL are in us-east-1, whatever the stack's region. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export const isEdge = ({ scope }: WebAclMetrics): boolean => scope === "CLOUDFRONT";

/** All rules of a web ACL together. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export function webAcl(acl: WebAclMetrics, metricName: string, region: pulumi.Input<string>): MetricSource {
  const dimensions = { WebACL: acl.metricName, Rule: "ALL" };
  return {
    namespace: "AWS/WAFV2",
    metricName,
    dimensions: isEdge(acl) ? dimensions : { ...dimensions, Region: region },
  };
}

/** A part of the bill: sums of metrics, and what they cost. */
export interface Spend {
  readonly label: pulumi.Input<string>;
  /** By the ids that the expression uses. */
  readonly sums: Readonly<Record<string, MetricSource>>;
  /** US dollars, as metric math. */
  readonly expression: pulumi.Output<string>;
}

/**
 * The estimated bill, part by part. A call to a REST door is taken for an invocation, so that three doors and a web ACL stay within the ten
 * metrics of an alarm. A web ACL at the edge is left out: its metrics are in another region.
 */
export function spend(
  doors: readonly DoorMetrics[],
  acls: readonly WebAclMetrics[],
  region: pulumi.Input<string>,
): Spend[] {
  const { lambdaGbSecond, lambdaMillionRequests, restMillionCalls, wafMillionRequests } = PRICES_USD;
  const ofDoors = doors.map((door, index): Spend => {
    const [duration, calls] = [`d${index}`, `c${index}`];
    const rest = door.apiName !== undefined;
    const perMillion = rest ? `(${restMillionCalls}+${lambdaMillionRequests})` : lambdaMillionRequests.toString();
    return {
      label: door.door,
      sums: {
        [duration]: lambda(door, "Duration"),
        [calls]: rest ? entrance(door).requests : lambda(door, "Invocations"),
      },
      expression: pulumi.interpolate`FILL(${duration},0)/1000*${door.memorySizeMb ?? 512}/1024*${lambdaGbSecond}+FILL(${calls},0)/1000000*${perMillion}`,
    };
  });
  const ofAcls = acls.flatMap((acl, index): Spend[] => {
    if (isEdge(acl)) return [];
    const [allowed, blocked] = [`a${index}`, `b${index}`];
    return [
      {
        label: acl.metricName,
        sums: { [allowed]: webAcl(acl, "AllowedRequests", region), [blocked]: webAcl(acl, "BlockedRequests", region) },
        expression: pulumi.interpolate`(FILL(${allowed},0)+FILL(${blocked},0))/1000000*${wafMillionRequests}`,
      },
    ];
  });
  return [...ofDoors, ...ofAcls];
}

/** Days are what `alarmDailySpendUsd` counts in, seconds. */
export const DAY = 86_400;
