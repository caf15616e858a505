import * as pulumi from "@pulumi/pulumi";
import { ERROR_DIMENSIONS, METRIC_NAMESPACE } from "../../contract/runtime/metrics";
import type { DoorMetrics, WebAclMetrics } from "./types";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { DAY, endpointMetrics, handlerMetric, isEdge, lambdaMetric, spendParts, type MetricSource } from "./metrics";

/** The body of a dashboard. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface DashboardBody {
  readonly widgets: readonly Widget[];
}

interface Widget {
  readonly type: "text" | "metric" | "alarm";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One line of a widget: namespace, name, dimensions in pairs, options; or only an expression. */
type Line = readonly unknown[];

const PERIOD = 300;
const COLUMNS = 2;
const WIDTH = 24 / COLUMNS;
const HEIGHT = 6;
const TITLE_HEIGHT = 2;

export interface DashboardParts {
  readonly name: string;
  readonly doors: readonly DoorMetrics[];
  readonly webAcls: readonly WebAclMetrics[];
  /** The stack's region. */
  readonly region: pulumi.Input<string>;
  readonly alarmArns: readonly pulumi.Input<string>[];
}

/** The dashboard for an operator on call, with two widgets in a row. Values may be unknown before the update. */
export function dashboardBody({ name, doors, webAcls, region, alarmArns }: DashboardParts): DashboardBody {
  const graph = (title: string, metrics: readonly Line[], more: object = {}) => ({
    type: "metric" as const,
    properties: { title, region, view: "timeSeries", period: PERIOD, stat: "Sum", metrics, ...more },
  });
  const perDoor = (...lines: ((door: DoorMetrics, index: number) => Line)[]) =>
    doors.flatMap((door, index) => lines.map((make) => make(door, index)));
  const percentiles = (metric: "time_to_first_byte_ms" | "duration_ms") =>
    perDoor(
      ...["p50", "p90", "p99"].map(
        (stat) => (door: DoorMetrics) =>
          metricLine(handlerMetric(door, metric), { stat, label: `${door.door} ${stat}` }),
      ),
    );
  const widgets = [
    ...(alarmArns.length > 0 ? [{ type: "alarm" as const, properties: { title: "Alarms", alarms: alarmArns } }] : []),
    graph(
      "Requests",
      perDoor((door) => metricLine(endpointMetrics(door).requests, { label: door.door })),
    ),
    graph("Errors by code", perDoor(errorsByCode)),
    graph("Time to the first byte, ms", percentiles("time_to_first_byte_ms")),
    graph("Duration, ms", percentiles("duration_ms"), limitLines(doors, "longest answer", longestMs)),
    graph(
      "Failures",
      perDoor(
        (door) => metricLine(endpointMetrics(door).failures, { label: `${door.door} 5xx` }),
        (door) => metricLine(lambdaMetric(door, "Errors"), { label: `${door.door} function errors` }),
      ),
    ),
    graph(
      "Refusals and throttles",
      perDoor(
        (door) => metricLine(endpointMetrics(door).refusals, { label: `${door.door} 4xx, 429 among them` }),
        (door) => metricLine(lambdaMetric(door, "Throttles"), { label: `${door.door} function throttles` }),
      ),
    ),
    graph(
      "Concurrency",
      perDoor((door) => metricLine(lambdaMetric(door, "ConcurrentExecutions"), { stat: "Maximum", label: door.door })),
      limitLines(doors, "reserved", ({ reservedConcurrency = 0 }) => reservedConcurrency),
    ),
    ...webAcls.map((acl) =>
      graph(isEdge(acl) ? "Blocked at the edge, by rule" : "Blocked by the web ACL, by rule", [blockedByRule(acl)], {
        region: isEdge(acl) ? CLOUDFRONT_REGION : region,
      }),
    ),
    graph("Estimated spend, US dollars a day", spendLines(doors, webAcls, region), { period: DAY, stacked: true }),
  ];
  return { widgets: [titleWidget(name, doors), ...widgets.map(inGrid)] };
}

function titleWidget(name: string, doors: readonly DoorMetrics[]): Widget {
  const names = doors.map(({ door }) => `\`${door}\``).join(", ");
  const markdown = `# ${name}\n${names}. Errors by code: docs/errors.md. Estimated spend leaves out the agent, logs and data transfer.`;
  return { type: "text", x: 0, y: 0, width: 24, height: TITLE_HEIGHT, properties: { markdown } };
}

function inGrid(widget: Pick<Widget, "type" | "properties">, index: number): Widget {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  return { ...widget, x: column * WIDTH, y: TITLE_HEIGHT + row * HEIGHT, width: WIDTH, height: HEIGHT };
}

function metricLine({ namespace, metricName, dimensions }: MetricSource, options: object): Line {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), options];
}

// The codes that occur are unknown in advance, so a search expression finds them. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
function errorsByCode({ functionName, door }: DoorMetrics, index: number): Line {
  const schema = [METRIC_NAMESPACE, ...ERROR_DIMENSIONS].join(",");
  return [
    {
      id: `errors${index}`,
      label: `${door} \${PROP('Dim.code')}`,
      expression: pulumi.interpolate`SEARCH('{${schema}} MetricName="errors" function="${functionName}"', 'Sum', ${PERIOD})`,
    },
  ];
}

function blockedByRule(acl: WebAclMetrics): Line {
  const schema = isEdge(acl) ? "AWS/WAFV2,Rule,WebACL" : "AWS/WAFV2,Region,Rule,WebACL";
  return [
    {
      id: "blocked",
      label: "${PROP('Dim.Rule')}",
      expression: pulumi.interpolate`SEARCH('{${schema}} MetricName="BlockedRequests" WebACL="${acl.metricName}"', 'Sum', ${PERIOD})`,
    },
  ];
}

function spendLines(
  doors: readonly DoorMetrics[],
  acls: readonly WebAclMetrics[],
  region: pulumi.Input<string>,
): Line[] {
  return spendParts(doors, acls, region).flatMap(({ label, sums, expression }, index) => [
    ...Object.entries(sums).map(([id, source]) => metricLine(source, { id, visible: false })),
    [{ id: `usd${index}`, label, expression }],
  ]);
}

const longestMs = ({ maxDurationSeconds }: DoorMetrics) =>
  pulumi.output(maxDurationSeconds).apply((seconds) => seconds * 1000);

/** A horizontal line for the limit of each door. A limit of 0 means none. */
function limitLines(
  doors: readonly DoorMetrics[],
  what: string,
  limitOf: (door: DoorMetrics) => pulumi.Input<number>,
): { annotations?: object } {
  const horizontal = doors.flatMap((door) => {
    const value = limitOf(door);
    return value === 0 ? [] : [{ label: `${door.door}: ${what}`, value }];
  });
  return horizontal.length > 0 ? { annotations: { horizontal } } : {};
}
