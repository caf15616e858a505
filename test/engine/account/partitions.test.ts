import assert from "node:assert/strict";
import { engineSuite, share } from "../support/cli";
import { runtime } from "../support/config";
import { withStack } from "../support/stack";

/** Regions by partition. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const PARTITIONS = { "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" };

engineSuite("a stack in another partition", () => {
  for (const [partition, region] of share(Object.entries(PARTITIONS), 1)) {
    it(`comes up, stays as it is, and names nothing outside of ${partition}`, async () => {
      await withStack({ region }, async (stack) => {
        await stack.up({
          doors: ["bufferedApi", "streamingUrl", "streamingApi"],
          agentRuntimeArn: runtime("one", partition, region),
          lockRuntime: true,
          apiAuth: "jwt",
          jwt: { issuer: "https://login.example.com/", audience: ["agent"] },
          apiKeys: { website: {} },
          resourcePolicy: { denyIps: ["198.51.100.0/24"] },
          callers: [`arn:${partition}:iam::123456789012:role/client`, "210987654321"],
          ownsAccountLogging: true,
          provisionedConcurrency: 1,
          dashboard: true,
          alarms: true,
          alarmTopicArns: [`arn:${partition}:sns:${region}:123456789012:on-call`],
        });
        const outside = stack.cloud.everything.filter(({ inputs }) => JSON.stringify(inputs).includes("arn:aws:"));
        assert.deepEqual(
          outside.map(({ urn }) => urn),
          [],
        );
        assert.deepEqual((await stack.up()).steps, []);
      });
    });
  }
});
