import * as pulumi from "@pulumi/pulumi";
import { ERROR_DIMENSIONS, METRIC_NAMESPACE } from "../../contract/runtime/metrics";
import type { DoorMetrics, WebAclMetrics } from "./types";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { DAY, entrance, handler, isEdge, lambda, spend, type MetricSource } from "./metrics";

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

/** One line of a widget: namespace, name, dimensions in pairs, options; or an expression alone. */
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

/** The questions of somebody who is on call, two widgets a row. Values may be unknown. */
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
        (stat) => (door: DoorMetrics) => line(handler(door, metric), { stat, label: `${door.door} ${stat}` }),
      ),
    );
  const widgets = [
    ...(alarmArns.length > 0 ? [{ type: "alarm" as const, properties: { title: "Alarms", alarms: alarmArns } }] : []),
    graph(
      "Requests",
      perDoor((door) => line(entrance(door).requests, { label: door.door })),
    ),
    graph("Errors by code", perDoor(errorsByCode)),
    graph("Time to the first byte, ms", percentiles("time_to_first_byte_ms")),
    graph("Duration, ms", percentiles("duration_ms"), limits(doors, "longest answer", longestMs)),
    graph(
      "Failures",
      perDoor(
        (door) => line(entrance(door).failures, { label: `${door.door} 5xx` }),
        (door) => line(lambda(door, "Errors"), { label: `${door.door} function errors` }),
      ),
    ),
    graph(
      "Refusals and throttles",
      perDoor(
        (door) => line(entrance(door).refusals, { label: `${door.door} 4xx, 429 among them` }),
        (door) => line(lambda(door, "Throttles"), { label: `${door.door} function throttles` }),
      ),
    ),
    graph(
      "Concurrency",
      perDoor((door) => line(lambda(door, "ConcurrentExecutions"), { stat: "Maximum", label: door.door })),
      limits(doors, "reserved", ({ reservedConcurrency = 0 }) => reservedConcurrency),
    ),
    ...webAcls.map((acl) =>
      graph(isEdge(acl) ? "Blocked at the edge, by rule" : "Blocked by the web ACL, by rule", [blockedByRule(acl)], {
        region: isEdge(acl) ? CLOUDFRONT_REGION : region,
      }),
    ),
    graph("Estimated spend, US dollars a day", spendLines(doors, webAcls, region), { period: DAY, stacked: true }),
  ];
  return { widgets: [title(name, doors), ...widgets.map(inGrid)] };
}

function title(name: string, doors: readonly DoorMetrics[]): Widget {
  const names = doors.map(({ door }) => `\`${door}\``).join(", ");
  const markdown = `# ${name}\n${names}. Errors by code: docs/errors.md. Estimated spend leaves out the agent, logs and data transfer.`;
  return { type: "text", x: 0, y: 0, width: 24, height: TITLE_HEIGHT, properties: { markdown } };
}

function inGrid(widget: Pick<Widget, "type" | "properties">, index: number): Widget {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  return { ...widget, x: column * WIDTH, y: TITLE_HEIGHT + row * HEIGHT, width: WIDTH, height: HEIGHT };
}

function line({ namespace, metricName, dimensions }: MetricSource, options: object): Line {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), options];
}

// Which codes occur is not known beforehand: a search finds them. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
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
  return spend(doors, acls, region).flatMap(({ label, sums, expression }, index) => [
    ...Object.entries(sums).map(([id, source]) => line(source, { id, visible: false })),
    [{ id: `usd${index}`, label, expression }],
  ]);
}

const longestMs = ({ maxDurationSeconds }: DoorMetrics) =>
  pulumi.output(maxDurationSeconds).apply((seconds) => seconds * 1000);

/** Horizontal lines where a door meets a limit. */
function limits(
  doors: readonly DoorMetrics[],
  what: string,
  of: (door: DoorMetrics) => pulumi.Input<number>,
): { annotations?: object } {
  const horizontal = doors.flatMap((door) => {
    const value = of(door);
    return value === 0 ? [] : [{ label: `${door.door}: ${what}`, value }];
  });
  return horizontal.length > 0 ? { annotations: { horizontal } } : {};
}
