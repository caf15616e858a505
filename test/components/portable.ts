/** What a component takes and gives. Names that end with `?` may be left out. */
interface Shape {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const DOOR = [
  "agentRuntimeArn",
  "qualifier?",
  "maxDurationSeconds",
  "memorySizeMb?",
  "logRetentionInDays?",
  "logKmsKeyArn?",
  "policy?",
];
const REST_DOOR = {
  inputs: [...DOOR, "auth", "webAclArn", "throttle"],
  outputs: ["url", "apiKey", "functionName", "apiName", "stageName"],
};

/** Every component that other programs and other languages can use. */
export const PORTABLE: Readonly<Record<string, Shape>> = {
  BufferedApi: REST_DOOR,
  FrontDoor: {
    inputs: [
      "agentRuntimeArn",
      ...[
        "qualifier",
        "doors",
        "apiAuth",
        "callers",
        "maxDurationSeconds",
        "bufferedMaxDurationSeconds",
        "memorySizeMb",
        "logRetentionInDays",
        "logKmsKeyArn",
        "dashboard",
        "alarms",
        "alarmTopicArns",
        "alarmDailySpendUsd",
        "throttleRateLimit",
        "throttleBurstLimit",
        "rateLimitPerFiveMinutes",
        "runtimeAuth",
        "headerMap",
        "payload",
        "redaction",
        "corsOrigins",
      ].map((key) => `${key}?`),
    ],
    outputs: ["outputs"],
  },
  Operations: {
    inputs: [
      "doors",
      "webAcls?",
      "dashboard?",
      "alarms?",
      "alarmTopicArns?",
      "edgeAlarmTopicArns?",
      "alarmDailySpendUsd?",
    ],
    outputs: ["dashboardName", "alarmArns"],
  },
  StreamingApi: REST_DOOR,
  StreamingUrl: { inputs: [...DOOR, "callers?"], outputs: ["url", "functionName"] },
  WebAcl: { inputs: ["rateLimitPerFiveMinutes?", "corsOrigin?"], outputs: ["arn", "metricName"] },
};
