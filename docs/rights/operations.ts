import { of, type RightsByType } from "./rights";

/** Alarms and the dashboard. */
export const OPERATIONS: RightsByType = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    policy: "operations",
    read: of("cloudwatch", "DescribeAlarms ListTagsForResource"),
    write: of("cloudwatch", "PutMetricAlarm DeleteAlarms TagResource UntagResource"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    policy: "operations",
    read: of("cloudwatch", "GetDashboard"),
    write: of("cloudwatch", "PutDashboard DeleteDashboards"),
  },
};
