import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { FrontDoor, stackOutputs } from "../../../components/index";
import { readConfig } from "../../../contract/config/read";
import { TYPES } from "../../../local/program/graph";
import { Cloud } from "../provider/cloud/cloud";
import { engineSuite, share } from "../support/cli";
import { runtime } from "../support/config";
import { EngineStack, placeOf, withStack, type Config } from "../support/stack";

/** The longest that Pulumi takes. https://www.pulumi.com/docs/iac/concepts/stacks/ */
const LONGEST = "s".repeat(100);
const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

/** Between them, every resource type that the program makes. */
const EVERYTHING: readonly Config[] = [
  {
    doors: ["bufferedApi", "streamingUrl", "streamingApi"],
    agentRuntimeArn: runtime("one"),
    lockRuntime: true,
    apiAuth: "jwt",
    jwt: { issuer: "https://login.example.com/", audience: ["agent"] },
    apiKeys: { ["k".repeat(64)]: {} },
    domain: { name: "agent.example.com", certificateArn, hostedZoneId: "Z0123456789ABCDEFGHIJ" },
    ownsAccountLogging: true,
    edge: true,
    edgeSigner: true,
    wafAllowIps: ["203.0.113.0/24"],
    wafBlockIps: ["198.51.100.0/24"],
    dashboard: true,
  },
  {
    doors: ["bufferedApi", "streamingApi"],
    agentRuntimeArn: runtime("one"),
    apiAuth: "cognito",
    privateApi: true,
    privateNetwork: true,
    provisionedConcurrency: 1,
    alarms: true,
    alarmTopicArns: ["arn:aws:sns:us-east-1:123456789012:on-call"],
  },
];

/** Lengths of a component's name: the last that no role is too long for, the next ones, and far beyond what any service takes. */
const LENGTHS = [34, 60, 100, 250, 600];

const named = (name: string) => () => {
  const config = readConfig(pulumi.runtime.allConfig(), pulumi.getProject(), pulumi.RunError);
  return stackOutputs(new FrontDoor(name, config));
};

engineSuite("names", () => {
  for (const [index, config] of EVERYTHING.entries()) {
    it(`are legal in a stack and a project of 100 characters: ${String(index)}`, async () => {
      await withStack({ name: LONGEST, project: LONGEST }, async (stack) => {
        await stack.up(config);
        assert.deepEqual((await stack.up()).steps, []);
      });
    });

    for (const length of share(LENGTHS, 1)) {
      it(`are legal for a component whose name has ${String(length)} characters: ${String(index)}`, async () => {
        await withStack({ program: named("Door_".padEnd(length, "x")) }, async (stack) => {
          await stack.up(config);
          assert.deepEqual((await stack.up()).steps, []);
        });
      });
    }
  }

  it("do not clash for two stacks and two projects of one account", async () => {
    const cloud = new Cloud(placeOf("us-east-1"));
    const [config = {}] = EVERYTHING;
    // A domain is one stack's; the account's logging is as well.
    const own = { ...config, domain: {}, ownsAccountLogging: false, lockRuntime: false };
    const long = "Door_".padEnd(80, "x");
    const places = [
      { name: "one", project: "first" },
      { name: "two", project: "first" },
      { name: "one", project: "second" },
    ];
    const stacks: EngineStack[] = [];
    try {
      for (const place of places) {
        const stack = await EngineStack.open({ ...place, cloud, program: named(long) });
        stacks.push(stack);
        await stack.up(own);
      }
      assert.equal(cloud.all(TYPES.functionUrl).length, places.length);
      for (const stack of stacks) await stack.destroy();
      assert.deepEqual(cloud.everything, []);
    } finally {
      for (const stack of stacks) stack.close();
    }
  });
});
