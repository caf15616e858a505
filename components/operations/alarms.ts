import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DoorMetrics, WebAclMetrics } from "./types";
import { DAY, endpointMetrics, isEdge, lambdaMetric, spendParts, webAclMetric, type MetricSource } from "./metrics";

/** An alarm: its metric and its threshold. */
export interface Alarm {
  /** Last part of the resource's name. */
  readonly suffix: string;
  /** Last part of the resource's name in earlier versions. */
  readonly formerSuffix?: string;
  /** Whether the metric is in the region of the edge, us-east-1. */
  readonly edge: boolean;
  readonly args: aws.cloudwatch.MetricAlarmArgs;
}

/** Failures within five minutes: more than a few bad requests cause. */
const FAILURES = 5;
/** Throttled calls within five minutes. */
const THROTTLES = 10;
/** Blocked requests within five minutes: half the default rate limit of one address. */
const BLOCKED = 500;
/** Fractions of the longest answer and of the reserved concurrency at which an alarm starts. */
const NEAR = { duration: 0.9, concurrency: 0.8 };

/** The alarms of one door. */
export function doorAlarms(door: DoorMetrics): Alarm[] {
  const { door: name, reservedConcurrency = 0 } = door;
  const sumAlarm = (kind: string, source: MetricSource, threshold: number, description: string): Alarm => ({
    suffix: `${name}-${kind}`,
    edge: false,
    args: {
      ...watchMetric(source),
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold,
      alarmDescription: description,
    },
  });
  return [
    sumAlarm(
      "5xx",
      endpointMetrics(door).failures,
      FAILURES,
      `${name} answers with 5xx. The function's log names the causes.`,
    ),
    sumAlarm(
      "errors",
      lambdaMetric(door, "Errors"),
      FAILURES,
      `The function of ${name} crashes or runs into its timeout; a stream that has begun shows it nowhere else.`,
    ),
    sumAlarm(
      "throttles",
      lambdaMetric(door, "Throttles"),
      THROTTLES,
      `The function of ${name} has no concurrency left: callers get 429 or 502. Raise reservedConcurrency or the account's quota.`,
    ),
    {
      suffix: `${name}-latency`,
      edge: false,
      args: {
        ...watchMetric(lambdaMetric(door, "Duration")),
        extendedStatistic: "p99",
        period: 300,
        evaluationPeriods: 3,
        threshold: pulumi.output(door.maxDurationSeconds).apply((seconds) => seconds * 1000 * NEAR.duration),
        alarmDescription: `The slowest answers of ${name} take nearly as long as they may: soon they are cut off. Raise maxDurationSeconds, or make the agent faster.`,
      },
    },
    ...(reservedConcurrency > 0
      ? [
          {
            suffix: `${name}-concurrency`,
            edge: false,
            args: {
              ...watchMetric(lambdaMetric(door, "ConcurrentExecutions")),
              statistic: "Maximum",
              period: 60,
              evaluationPeriods: 5,
              datapointsToAlarm: 3,
              threshold: reservedConcurrency * NEAR.concurrency,
              alarmDescription: `${name} uses most of its reservedConcurrency of ${reservedConcurrency}: soon callers are refused.`,
            },
          },
        ]
      : []),
  ];
}

/** The alarms of web ACLs, named after their scopes: a REST door that is added or removed then does not change the alarm of an edge. */
export function webAclAlarms(acls: readonly WebAclMetrics[], region: pulumi.Input<string>): Alarm[] {
  return acls.map((acl, index) => {
    const edge = isEdge(acl);
    const before = acls.slice(0, index).filter((other) => isEdge(other) === edge).length;
    return {
      ...webAclAlarm(acl, region),
      suffix: numbered(edge ? "edge-waf" : "waf", before),
      formerSuffix: numbered("waf", index),
    };
  });
}

function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}

function webAclAlarm(acl: WebAclMetrics, region: pulumi.Input<string>): Omit<Alarm, "suffix"> {
  return {
    edge: isEdge(acl),
    args: {
      ...watchMetric(webAclMetric(acl, "BlockedRequests", region)),
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold: BLOCKED,
      alarmDescription: "The web ACL blocks many requests: an attack, or a rule that blocks good requests.",
    },
  };
}

/** The alarm on the estimated bill of all doors together. */
export function spendAlarm(
  doors: readonly DoorMetrics[],
  acls: readonly WebAclMetrics[],
  region: pulumi.Input<string>,
  dailyUsd: pulumi.Input<number>,
): Alarm {
  const parts = spendParts(doors, acls, region);
  return {
    suffix: "spend",
    edge: false,
    args: {
      comparisonOperator: AT_LEAST,
      evaluationPeriods: 1,
      threshold: dailyUsd,
      alarmDescription:
        "The doors cost more a day than alarmDailySpendUsd, as estimated from their use; the agent is not in it.",
      metricQueries: [
        ...parts.flatMap(({ sums }) =>
          Object.entries(sums).map(([id, source]) => ({
            id,
            metric: { ...metricRef(source), stat: "Sum", period: DAY },
          })),
        ),
        {
          id: "usd",
          label: "US dollars a day, estimated",
          expression: pulumi.all(parts.map(({ expression }) => expression)).apply((each) => each.join("+")),
          returnData: true,
        },
      ],
    },
  };
}

const AT_LEAST = "GreaterThanOrEqualToThreshold";

function metricRef({ namespace, metricName, dimensions }: MetricSource) {
  return { namespace, metricName, dimensions: { ...dimensions } };
}

function watchMetric(source: MetricSource): aws.cloudwatch.MetricAlarmArgs & { evaluationPeriods?: number } {
  return { ...metricRef(source), comparisonOperator: AT_LEAST };
}
