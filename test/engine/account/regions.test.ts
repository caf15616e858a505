import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { FrontDoor } from "../../../components/index";
import { TYPES } from "../../../local/program/graph";
import { Cloud } from "../provider/cloud/cloud";
import { engineSuite } from "../support/cli";
import { runtime } from "../support/config";
import { placeOf, withStack } from "../support/stack";

const REGION = "eu-west-1";
const doors = ["bufferedApi", "streamingUrl"];

/** A stack whose aws:region is us-east-1, and whose front door has a provider of another Region. */
const elsewhere = (agentRuntimeArn: string, known: boolean) => ({
  cloud: new Cloud(placeOf(REGION)),
  region: "us-east-1",
  program: () => {
    const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
    // Until the role is made, the provider's config is unknown.
    const region = known ? REGION : role.id.apply(() => REGION);
    const provider = new aws.Provider("elsewhere", { region: region as aws.Region });
    new FrontDoor("front-door", { agentRuntimeArn, doors, callers: ["210987654321"] }, { provider });
  },
});

engineSuite("a provider of another Region than aws:region", () => {
  it("deploys to its own, where nothing changes in a second update", async () => {
    await withStack(elsewhere(runtime("one", "aws", REGION), true), async (stack) => {
      await stack.preview({});
      await stack.up();
      assert.equal(stack.cloud.all(TYPES.functionUrl).length, 1);
      const { steps } = await stack.preview();
      assert.deepEqual(steps, []);
    });
  });

  it("refuses a runtime of aws:region in the preview", async () => {
    await withStack(elsewhere(runtime("one"), true), async (stack) => {
      await assert.rejects(stack.preview({}), /is in us-east-1, but the stack deploys to eu-west-1/);
    });
  });

  it("is not checked while it is unknown, and names nothing undefined", async () => {
    await withStack(elsewhere(runtime("one", "aws", REGION), false), async (stack) => {
      await stack.preview({});
      await stack.up();
      const texts = JSON.stringify(stack.cloud.everything.map(({ inputs, outputs }) => [inputs, outputs]));
      assert.doesNotMatch(texts, /arn:undefined|:undefined:|\.undefined\./);
      const { steps } = await stack.preview();
      assert.deepEqual(steps, []);
    });
  });
});
