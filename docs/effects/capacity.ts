import { NEW_SNAPSHOT, type Effects } from "./effect";

export const CAPACITY: Effects<
  | "maxDurationSeconds"
  | "bufferedMaxDurationSeconds"
  | "bufferedQuotaSeconds"
  | "memorySizeMb"
  | "reservedConcurrency"
  | "provisionedConcurrency"
> = {
  maxDurationSeconds: {
    changes:
      "timeouts of the functions of the streaming doors, of the integrations of `streamingApi`, thresholds of alarms",
    replaces: NEW_SNAPSHOT,
    interrupts: "Running requests end with the former limit.",
  },
  bufferedMaxDurationSeconds: {
    changes: "timeouts of the function and the integrations of `bufferedApi`, thresholds of alarms",
    replaces: NEW_SNAPSHOT,
    interrupts: "Running requests end with the former limit.",
  },
  bufferedQuotaSeconds: { changes: "nothing: it bounds `bufferedMaxDurationSeconds`" },
  memorySizeMb: { changes: "memory of the functions", interrupts: "New sandboxes start cold." },
  reservedConcurrency: {
    changes: "what the functions reserve",
    interrupts: "0 refuses every request until it is changed again.",
  },
  provisionedConcurrency: {
    changes:
      "alias and warm sandboxes of each function; with the first, versions are published and the doors call the alias",
    replaces: [...NEW_SNAPSHOT, "lambda.FunctionUrl", "lambda.Permission"],
    gaps: ["lambda.Permission"],
    moves: ["Function URL"],
    interrupts: "From 0 to more and back, the Function URL is another one.",
  },
};
