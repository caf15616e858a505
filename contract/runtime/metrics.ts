/** CloudWatch namespace of the metrics that a door's log lines are. */
export const METRIC_NAMESPACE = "AgentCoreFrontDoor";

/** What each request is measured by, and in which unit of CloudWatch. */
export const METRIC_UNITS = {
  requests: "Count",
  errors: "Count",
  duration_ms: "Milliseconds",
  time_to_first_byte_ms: "Milliseconds",
  bytes: "Bytes",
  events: "Count",
  attempts: "Count",
  redacted: "Count",
} as const;

export type Metric = keyof typeof METRIC_UNITS;

/** Each metric stands under these. The function tells two stacks of one account apart: both may have the same doors. */
export const METRIC_DIMENSIONS = ["function", "door"] as const;

/** `errors` stands under these as well. */
export const ERROR_DIMENSIONS = [...METRIC_DIMENSIONS, "code"] as const;

/** What tells a canary, or one agent of several, from the rest; where there is only one, nothing stands under these. */
export const AGENT_DIMENSIONS = [...METRIC_DIMENSIONS, "agent", "qualifier"] as const;

/** What stands under `AGENT_DIMENSIONS`. Each costs as a metric of its own, so no more. */
export const COMPARED_METRICS: readonly Metric[] = ["requests", "errors", "duration_ms", "time_to_first_byte_ms"];
