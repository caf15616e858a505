import { NEW_SNAPSHOT, type Effects } from "./effect";

export const CAPACITY: Effects<
  | "maxDurationSeconds"
  | "bufferedMaxDurationSeconds"
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
  memorySizeMb: { changes: "memory of the functions", interrupts: "New sandboxes start cold." },
  reservedConcurrency: {
    changes: "what the functions reserve",
    interrupts: "0 refuses every request until it is changed again.",
  },
  provisionedConcurrency: {
    changes:
      "warm execution environments of each function; with the first, the REST doors call an alias, which is deleted with the last",
    replaces: [...NEW_SNAPSHOT, "lambda.Permission"],
    interrupts:
      "The Function URL stays. If an earlier version made it on the function itself, 1 or more is refused, unless an edge is in front of it.",
  },
};
