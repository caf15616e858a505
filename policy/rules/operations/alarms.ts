import { TYPES } from "../../aws/types";
import type { PolicyGraph, StackResource } from "../../model/graph";
import { defineRule, judge } from "../../model/rule";
import { and, at, is, list, or, some, type Truth } from "../../model/value";

interface Settings {
  readonly required: readonly string[];
}

/** Whose metrics stand in a namespace; those of every other are asked for wherever a door is. */
const SUBJECTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^AWS\/Lambda\/Url/, [TYPES.functionUrl]],
  [/^AWS\/ApiGateway\//, [TYPES.stage]],
  [/^AWS\/CloudFront\//, [TYPES.distribution]],
  [/^AWS\/WAFV2\//, [TYPES.webAcl]],
];
const DOORS = [TYPES.functionUrl, TYPES.stage];

export const alarms = defineRule<Settings>({
  id: "fd-cloudwatch-alarms",
  description: "A stack with a front door has an alarm on each metric that it has to watch.",
  rationale:
    "Failures, throttles, blocked requests and spend show in metrics long before somebody complains (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html, https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html). A metric is asked for where the stack has what it measures: a stage for API Gateway's, a Function URL for `Url...`, a web ACL for WAF's. One alarm in the stack is enough; whom it watches, its dimensions, is not compared.",
  severity: "medium",
  group: "hygiene",
  frameworks: { catalogue: ["FD56"] },
  remediationSteps:
    "Add an aws.cloudwatch.MetricAlarm with this namespace and metricName, alone or in a metric query. The component Operations, or `alarms: true` in the stack's config, makes them for every door.",
  settings: {
    required: {
      type: "array",
      items: { type: "string", pattern: "^[^/\\s]+(?:/[^/\\s]+)+$" },
      uniqueItems: true,
      description: "Metrics that need an alarm, as namespace and name, such as AWS/ApiGateway/5XXError.",
      default: [],
    },
  },
  stack: {
    types: DOORS,
    check: (graph, { required }) =>
      required.flatMap((metric) => {
        const isWatched = or(...graph.all(TYPES.metricAlarm).map((alarm) => watches(alarm, metric)));
        return subjectsOf(graph, metric).flatMap((subject) =>
          judge(subject, isWatched, {
            finding: metric,
            seen: `no alarm on ${metric} is known`,
            wanted: `an alarm on ${metric}`,
          }),
        );
      }),
  },
});

function subjectsOf(graph: PolicyGraph, metric: string): readonly StackResource[] {
  const [, types = DOORS] = SUBJECTS.find(([pattern]) => pattern.test(metric)) ?? [];
  return graph.all(...types);
}

function watches({ props }: StackResource, metric: string): Truth {
  const cut = metric.lastIndexOf("/");
  const isMetric = (value: unknown): Truth =>
    and(
      is(at(value, "namespace"), (known) => known === metric.slice(0, cut)),
      is(at(value, "metricName"), (known) => known === metric.slice(cut + 1)),
    );
  return or(
    isMetric(props),
    some(list(props["metricQueries"]), (query) => isMetric(at(query, "metric"))),
  );
}
