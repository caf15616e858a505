import assert from "node:assert/strict";
import { checkSettings } from "../../../../contract/config/check";
import { RUNTIME_ARN } from "../../../support/program/components";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const GOOD = {
  agentRuntimeArn: RUNTIME_ARN,
  logKmsKeyArn: KEY,
  dashboard: true,
  alarms: true,
  alarmTopicArns: [TOPIC],
  alarmDailySpendUsd: 25,
};
const check = (change: object, region?: string) => checkSettings({ ...GOOD, ...change }, region ?? "us-east-1");

describe("operations, in the stack config", () => {
  it("takes what is right", () => {
    for (const change of [
      {},
      { logKmsKeyArn: KEY.replace("key/", "key/mrk-").replaceAll("-", "-") },
      { logKmsKeyArn: "" },
      { alarms: false, alarmTopicArns: [] },
      { alarmTopicArns: [TOPIC, `${TOPIC}-2`] },
    ]) {
      check(change);
    }
  });

  const mistakes: [object, RegExp][] = [
    [{ dashboard: "yes" }, /`dashboard` is "yes"\. Use true or false/],
    [{ alarms: 1 }, /`alarms` is 1\. Use true or false/],
    [{ alarmTopicArns: [] }, /`alarms` is true, but `alarmTopicArns` is empty: nobody would hear them\. Name/],
    [{ alarms: false }, /`alarmTopicArns` is set, but `alarms` is false.*Set `alarms` to true, or remove/],
    [{ alarmTopicArns: TOPIC }, /`alarmTopicArns` is "arn:.*Use a list of SNS topic ARNs/],
    [{ alarmTopicArns: null }, /`alarmTopicArns` is null\. Use a list/],
    [{ alarmTopicArns: [[TOPIC]] }, /`alarmTopicArns` is \[\[.*Use a list/],
    [
      { alarmTopicArns: ["on-call"] },
      /contains "on-call", which is not the ARN of a standard SNS topic\. Use one like arn:aws:sns/,
    ],
    [{ alarmTopicArns: [`${TOPIC}.fifo`] }, /on-call\.fifo", which is not the ARN of a standard SNS topic/],
    [
      { alarmTopicArns: [`${TOPIC}:1234abcd-12ab-34cd-56ef-1234567890ab`] },
      /is a subscription\. Use its topic: arn:aws:sns:us-east-1:123456789012:on-call\./,
    ],
    [
      { alarmTopicArns: [TOPIC.replace("us-east-1", "eu-west-1")] },
      /which is in eu-west-1\. An alarm notifies topics of its own region only: use a topic in us-east-1/,
    ],
    [{ alarmTopicArns: [TOPIC, TOPIC] }, /names the topic ".*:on-call" twice/],
    [
      { alarmTopicArns: ["a", "b", "c", "d", "e", "f"].map((name) => `${TOPIC}-${name}`) },
      /has 6 entries\. A CloudWatch alarm has 5 actions/,
    ],
    [{ alarmDailySpendUsd: 0 }, /`alarmDailySpendUsd` is 0\. Use a whole number from 1 to 1000000/],
    [{ alarmDailySpendUsd: -5 }, /`alarmDailySpendUsd` is -5/],
    [{ alarmDailySpendUsd: 0.5 }, /`alarmDailySpendUsd` is 0\.5/],
    [{ alarmDailySpendUsd: "50" }, /`alarmDailySpendUsd` is "50"/],
    [{ logKmsKeyArn: "my-key" }, /`logKmsKeyArn` is "my-key", which is not the ARN of a KMS key\. Use one like/],
    [{ logKmsKeyArn: 7 }, /`logKmsKeyArn` is 7, which is not/],
    [{ logKmsKeyArn: null }, /`logKmsKeyArn` is null, which is not/],
    [{ logKmsKeyArn: "alias/logs" }, /an alias\. CloudWatch Logs accepts the key's own ARN/],
    [{ logKmsKeyArn: "arn:aws:kms:us-east-1:123456789012:alias/logs" }, /an alias\./],
    [{ logKmsKeyArn: KEY.replace("us-east-1", "eu-west-1") }, /is in eu-west-1, but the log groups are in us-east-1/],
  ];
  for (const [change, says] of mistakes) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.throws(() => check(change), says);
    });
  }

  describe("with an edge, away from us-east-1", () => {
    const runtime = RUNTIME_ARN.replace("us-east-1", "eu-west-1");
    const home = TOPIC.replace("us-east-1", "eu-west-1");
    const edge = { agentRuntimeArn: runtime, logKmsKeyArn: "", doors: ["streamingUrl"], edge: true };

    it("takes a topic in each region", () => {
      check({ ...edge, alarmTopicArns: [home, TOPIC] }, "eu-west-1");
    });

    for (const [topics, says] of [
      [[home], /names no topic in us-east-1, where the alarm of the edge's web ACL would be/],
      [[TOPIC], /names no topic in eu-west-1, where the alarms of the doors would be/],
    ] as const) {
      it(`refuses ${topics.join(" ")} alone`, () => {
        assert.throws(() => check({ ...edge, alarmTopicArns: topics }, "eu-west-1"), says);
      });
    }
  });
});
