/** CloudWatch namespace of the metrics in a door's log lines. */
export const METRIC_NAMESPACE = "AgentCoreFrontDoor";

/** The metrics of each request, with their CloudWatch units. */
export const METRIC_UNITS = {
  requests: "Count",
  errors: "Count",
  duration_ms: "Milliseconds",
  time_to_first_byte_ms: "Milliseconds",
  bytes: "Bytes",
  events: "Count",
  attempts: "Count",
  redacted: "Count",
  input_tokens: "Count",
  output_tokens: "Count",
  dropped_events: "Count",
} as const;

export type Metric = keyof typeof METRIC_UNITS;

/** Dimensions of each metric. `function` distinguishes two stacks of one account that have the same doors. */
export const METRIC_DIMENSIONS = ["function", "door"] as const;

/** Additional dimensions of `errors`. */
export const ERROR_DIMENSIONS = [...METRIC_DIMENSIONS, "code"] as const;

/** Additional dimensions that distinguish canaries and agents. Not used if there is only one agent without a canary. */
export const AGENT_DIMENSIONS = [...METRIC_DIMENSIONS, "agent", "qualifier"] as const;

/** The metrics that also have `AGENT_DIMENSIONS`. Only these, because each is billed as another metric. */
export const COMPARED_METRICS: readonly Metric[] = ["requests", "errors", "duration_ms", "time_to_first_byte_ms"];
