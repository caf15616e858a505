import type { Rule } from "../../model/rule";
import { alarmActions } from "./alarmActions";
import { alarms } from "./alarms";
import { logGroupKms } from "./logGroupKms";
import { logGroupRetention } from "./logGroupRetention";
import { logResourcePolicy } from "./logResourcePolicy";

export const OPERATIONS_RULES: readonly Rule[] = [
  logGroupRetention,
  logGroupKms,
  logResourcePolicy,
  alarmActions,
  alarms,
];
