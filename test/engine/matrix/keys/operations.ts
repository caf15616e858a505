import { journey, keyWalk, walk, type Walk } from "../walk";
import { BOTH, EDGE, REST } from "./bases";

const topic = (name: string) => `arn:aws:sns:us-east-1:123456789012:${name}`;
const alarms = (...topics: string[]) => ({ alarms: true, alarmTopicArns: topics.map(topic) });
const ALARMED = { ...BOTH, ...alarms("on-call") };
const kms = (digit: string) =>
  `arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-123456789${digit.repeat(3)}`;

export const OPERATIONS: readonly Walk[] = [
  keyWalk("logRetentionInDays", BOTH, [7, 365]),
  keyWalk("logKmsKeyArn", BOTH, [kms("0"), kms("1")]),
  keyWalk("tracing", { ...REST, privateNetwork: true }, [false]),
  keyWalk("dashboard", BOTH, [true]),
  walk("alarms", BOTH, [alarms("on-call")]),
  walk("alarmTopicArns", BOTH, [alarms("on-call"), alarms("on-call", "team"), alarms("team")]),
  keyWalk("alarmDailySpendUsd", ALARMED, [25, 100]),
  { ...keyWalk("ownsAccountLogging", REST, [true]), leaves: /front-door-account-logging/ },
  journey("alarms and a dashboard whose doors change", { ...REST, ...alarms("on-call"), dashboard: true }, [
    { doors: ["bufferedApi", "streamingUrl"] },
    { doors: ["streamingUrl"] },
    { doors: ["streamingUrl"], edge: true },
    { doors: ["streamingUrl", "streamingApi"], reservedConcurrency: 10 },
  ]),
  journey("logs of an edge", EDGE, [
    { logRetentionInDays: 7 },
    { logRetentionInDays: 7, logKmsKeyArn: kms("0") },
    { wafLogging: false },
  ]),
];
