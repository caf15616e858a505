import { CLOUDFRONT_REGION } from "../../aws/cloudfront";
import { ALARM_ACTIONS, ALARM_METRICS } from "../../aws/limits";
import type { Settings } from "../settings";
import { isTextList, isUnknown, validateInteger, formatValue, validateUnique } from "./shape";

const TOPIC = /^arn:aws(?:-[a-z]+)*:sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]{1,256}$/;
const SUBSCRIPTION = /^(arn:aws(?:-[a-z]+)*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+):[0-9a-f-]{36}$/;
const KEY = /^arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:key\/(?:mrk-)?[0-9a-f-]{32,36}$/;
const KEY_ALIAS = /^(?:arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]*:[0-9]*:)?alias\//;
const KEY_EXAMPLE = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TOPIC_EXAMPLE = "arn:aws:sns:us-east-1:123456789012:on-call";

/** Region of an SNS topic, or undefined if the text is not the ARN of a topic. */
export function topicRegion(arn: string): string | undefined {
  return TOPIC.exec(arn)?.[1];
}

/** Validates the dashboard, the alarms with their topics, and the KMS key of the logs. */
export function* validateOperations(settings: Settings, region: string | undefined): Generator<string> {
  const { alarms, alarmTopicArns, alarmDailySpendUsd, logKmsKeyArn, edge } = settings;
  yield* validateInteger(
    "alarmDailySpendUsd",
    alarmDailySpendUsd,
    1,
    1_000_000,
    "US dollars a day; below one, the estimate is too coarse",
  );
  yield* validateKmsKey(logKmsKeyArn, region);
  if (isTextList(alarmTopicArns)) {
    yield* validateTopics(alarmTopicArns, alarms, region, edge);
  } else {
    yield `\`alarmTopicArns\` is ${formatValue(alarmTopicArns)}. Use a list of SNS topic ARNs such as ${TOPIC_EXAMPLE}.`;
  }
}

function* validateTopics(
  topics: readonly string[],
  alarms: unknown,
  region: string | undefined,
  edge: boolean,
): Generator<string> {
  const isKnown = !topics.some(isUnknown);
  const regions = edge && region !== undefined ? [region, CLOUDFRONT_REGION] : [region];
  for (const topic of topics.filter((each) => !isUnknown(each))) {
    const found = topicRegion(topic);
    const [, subscribed] = SUBSCRIPTION.exec(topic) ?? [];
    if (subscribed !== undefined) {
      yield `\`alarmTopicArns\` contains ${formatValue(topic)}, which is a subscription. Use its topic: ${subscribed}.`;
    } else if (found === undefined) {
      yield `\`alarmTopicArns\` contains ${formatValue(topic)}, which is not the ARN of a standard SNS topic. Use one like ${TOPIC_EXAMPLE}.`;
    } else if (region !== undefined && !regions.includes(found)) {
      yield `\`alarmTopicArns\` contains ${formatValue(topic)}, which is in ${found}. An alarm notifies topics of its own region only: use a topic in ${[...new Set(regions)].join(" or ")}.`;
    }
  }
  yield* validateUnique("alarmTopicArns", "topic", topics);
  if (topics.length > ALARM_ACTIONS) {
    yield `\`alarmTopicArns\` has ${topics.length} entries. A CloudWatch alarm has ${ALARM_ACTIONS} actions at the most: subscribe the others to one of the topics.`;
  }
  if (alarms !== true) {
    if (topics.length > 0)
      yield "`alarmTopicArns` is set, but `alarms` is false: nothing would ever be sent. Set `alarms` to true, or remove the topics.";
    return;
  }
  if (topics.length === 0) {
    yield `\`alarms\` is true, but \`alarmTopicArns\` is empty: nobody would hear them. Name at least one SNS topic, such as ${TOPIC_EXAMPLE}.`;
    return;
  }
  // A topic without a region has its own error above.
  const topicRegions = topics.map(topicRegion);
  if (region === undefined || !isKnown || topicRegions.includes(undefined)) return;
  for (const [needed, why] of [
    [region, "the alarms of the doors"],
    ...(edge ? [[CLOUDFRONT_REGION, "the alarm of the edge's web ACL"]] : []),
  ]) {
    if (!topicRegions.includes(needed)) {
      yield `\`alarmTopicArns\` names no topic in ${needed ?? ""}, where ${why ?? ""} would be. An alarm notifies topics of its own region only: add one.`;
    }
  }
}

function* validateKmsKey(arn: unknown, region: string | undefined): Generator<string> {
  if (arn === "" || isUnknown(arn)) return;
  const [, found] = typeof arn === "string" ? (KEY.exec(arn) ?? []) : [];
  if (typeof arn === "string" && KEY_ALIAS.test(arn)) {
    yield `\`logKmsKeyArn\` is ${formatValue(arn)}, an alias. CloudWatch Logs accepts the key's own ARN, such as ${KEY_EXAMPLE}: aws kms describe-key --key-id <alias> names it.`;
  } else if (found === undefined) {
    yield `\`logKmsKeyArn\` is ${formatValue(arn)}, which is not the ARN of a KMS key. Use one like ${KEY_EXAMPLE}, or leave the key out for encryption with AWS's own.`;
  } else if (region !== undefined && found !== region) {
    yield `\`logKmsKeyArn\` is in ${found}, but the log groups are in ${region}. A log group accepts a key of its own region only: use one in ${region}.`;
  }
}

/** The args that {@link validateOperationsArgs} validates. */
export interface WatchedResources {
  readonly doors: readonly { readonly door: string }[];
  readonly webAcls: readonly { readonly scope?: string }[];
  readonly alarms?: boolean;
  /** Not a list if how many there are is unknown. */
  readonly alarmTopicArns: unknown;
  readonly edgeAlarmTopicArns: unknown;
}

/** Validates the args of `Operations`, for programs that use this component without the stack config. */
export function* validateOperationsArgs({
  doors,
  webAcls,
  alarms,
  alarmTopicArns,
  edgeAlarmTopicArns,
}: WatchedResources): Generator<string> {
  const names = doors.map(({ door }) => door);
  if (names.length === 0) yield "`doors` is empty. Name at least one.";
  for (const name of names) {
    if (!/^[\w-]+$/.test(name)) yield `\`doors\` names ${formatValue(name)}. Use letters, digits, - and _.`;
  }
  yield* validateUnique("doors", "door", names);
  const scopes = webAcls.map(({ scope = "REGIONAL" }) => scope);
  for (const scope of scopes) {
    if (scope !== "REGIONAL" && scope !== "CLOUDFRONT") {
      yield `\`webAcls\` has the scope ${formatValue(scope)}. Use REGIONAL or CLOUDFRONT.`;
    }
  }
  if (alarms !== true) return;
  if (isEmpty(alarmTopicArns)) {
    yield "`alarms` is true, but `alarmTopicArns` is empty: nobody would hear them. Name at least one SNS topic.";
  }
  if (scopes.includes("CLOUDFRONT") && isEmpty(edgeAlarmTopicArns)) {
    yield `\`webAcls\` has one at CLOUDFRONT, whose alarm is in ${CLOUDFRONT_REGION}, but \`edgeAlarmTopicArns\` is empty. Name a topic in ${CLOUDFRONT_REGION}.`;
  }
  const metrics = 2 * (names.length + scopes.filter((scope) => scope === "REGIONAL").length);
  if (metrics > ALARM_METRICS) {
    yield `The spend of ${names.length} doors and their web ACLs needs ${metrics} metrics. An alarm accepts ${ALARM_METRICS}: make a second \`Operations\` for some of them.`;
  }
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
