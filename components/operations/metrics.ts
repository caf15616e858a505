import * as pulumi from "@pulumi/pulumi";
import { METRIC_NAMESPACE, type Metric } from "../../contract/runtime/metrics";
import { PRICES_USD } from "../../contract/aws/prices";
import type { DoorMetrics, WebAclMetrics } from "./types";

/** A CloudWatch metric, for alarms and for widgets. */
export interface MetricSource {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A metric that the function's handler writes. */
export function handlerMetric({ functionName, door }: DoorMetrics, metricName: Metric): MetricSource {
  return { namespace: METRIC_NAMESPACE, metricName, dimensions: { function: functionName, door } };
}

/** A metric of Lambda. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html and, for a Function URL, https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
export function lambdaMetric({ functionName }: DoorMetrics, metricName: string): MetricSource {
  return { namespace: "AWS/Lambda", metricName, dimensions: { FunctionName: functionName } };
}

interface EndpointMetrics {
  readonly requests: MetricSource;
  /** Answers with 4xx, including 429: neither service has a separate metric for throttled requests. */
  readonly refusals: MetricSource;
  readonly failures: MetricSource;
}

/** Metrics of the stage or of the Function URL in front of the function. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export function endpointMetrics(door: DoorMetrics): EndpointMetrics {
  const { apiName, stageName } = door;
  if (apiName === undefined || stageName === undefined) {
    return {
      requests: lambdaMetric(door, "UrlRequestCount"),
      refusals: lambdaMetric(door, "Url4xxCount"),
      failures: lambdaMetric(door, "Url5xxCount"),
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

/** A metric of all rules of a web ACL together. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export function webAclMetric(acl: WebAclMetrics, metricName: string, region: pulumi.Input<string>): MetricSource {
  const dimensions = { WebACL: acl.metricName, Rule: "ALL" };
  return {
    namespace: "AWS/WAFV2",
    metricName,
    dimensions: isEdge(acl) ? dimensions : { ...dimensions, Region: region },
  };
}

/** One part of the estimated bill: sums of metrics, and the cost computed from them. */
export interface SpendPart {
  readonly label: pulumi.Input<string>;
  /** The metrics by the ids that the expression uses. */
  readonly sums: Readonly<Record<string, MetricSource>>;
  /** Cost in US dollars, as a metric math expression. */
  readonly expression: pulumi.Output<string>;
}

/**
 * The estimated bill in parts. An alarm accepts ten metrics at most, so for a REST door the count of API calls also serves as the count of
 * invocations: three doors and a web ACL then fit. A web ACL at the edge is not included: its metrics are in another region.
 */
export function spendParts(
  doors: readonly DoorMetrics[],
  acls: readonly WebAclMetrics[],
  region: pulumi.Input<string>,
): SpendPart[] {
  const { lambdaGbSecond, lambdaMillionRequests, restMillionCalls, wafMillionRequests } = PRICES_USD;
  const ofDoors = doors.map((door, index): SpendPart => {
    const [duration, calls] = [`d${index}`, `c${index}`];
    const rest = door.apiName !== undefined;
    const perMillion = rest ? `(${restMillionCalls}+${lambdaMillionRequests})` : lambdaMillionRequests.toString();
    return {
      label: door.door,
      sums: {
        [duration]: lambdaMetric(door, "Duration"),
        [calls]: rest ? endpointMetrics(door).requests : lambdaMetric(door, "Invocations"),
      },
      expression: pulumi.interpolate`FILL(${duration},0)/1000*${door.memorySizeMb ?? 512}/1024*${lambdaGbSecond}+FILL(${calls},0)/1000000*${perMillion}`,
    };
  });
  const ofAcls = acls.flatMap((acl, index): SpendPart[] => {
    if (isEdge(acl)) return [];
    const [allowed, blocked] = [`a${index}`, `b${index}`];
    return [
      {
        label: acl.metricName,
        sums: {
          [allowed]: webAclMetric(acl, "AllowedRequests", region),
          [blocked]: webAclMetric(acl, "BlockedRequests", region),
        },
        expression: pulumi.interpolate`(FILL(${allowed},0)+FILL(${blocked},0))/1000000*${wafMillionRequests}`,
      },
    ];
  });
  return [...ofDoors, ...ofAcls];
}

/** Period of `alarmDailySpendUsd`: one day, in seconds. */
export const DAY = 86_400;
