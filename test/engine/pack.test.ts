import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { TYPES } from "../../local/program/graph";
import { engineSuite } from "./support/cli";
import { POLICY_PACK, REST_ONLY } from "./support/config";
import { program, withStack } from "./support/stack";

const policyPacks = [POLICY_PACK];
const config = { ...REST_ONLY, doors: ["bufferedApi", "streamingUrl"] };

engineSuite("the policy pack in the engine", () => {
  it("lets a preview and an update pass", async () => {
    await withStack({}, async (stack) => {
      const { changes } = await stack.preview(config, { policyPacks });
      assert.deepEqual(Object.keys(changes), ["create"]);
      await stack.up(config, { policyPacks });
    });
  });

  it("stops a Function URL without signatures in the preview", async () => {
    const open = () => {
      pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
        type === TYPES.functionUrl ? { props: { ...props, authorizationType: "NONE" }, opts } : undefined,
      );
      return program();
    };
    await withStack({ program: open }, async (stack) => {
      await assert.rejects(stack.preview(config, { policyPacks }), /\[mandatory\].*fd-lambda-function-url-aws-iam/);
    });
  });
});
