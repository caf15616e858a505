import assert from "node:assert/strict";
import { Cloud } from "./provider/cloud/cloud";
import { engineSuite } from "./support/cli";
import { REST_ONLY, runtime, URL_ONLY } from "./support/config";
import { placeOf, withStack } from "./support/stack";

const fresh = () => ({ cloud: new Cloud(placeOf("us-east-1"), { fresh: true }) });
const urlOnly = { ...URL_ONLY, agentRuntimeArn: runtime("one") };

engineSuite("a new account", () => {
  it("takes a REST stack that owns the account's logging, and nothing is reserved", async () => {
    await withStack(fresh(), async (stack) => {
      await stack.up({ ...REST_ONLY, ownsAccountLogging: true, reservedConcurrency: -1 });
      assert.ok(stack.cloud.settings.loggingRole);
      assert.deepEqual((await stack.up()).steps, []);
    });
  });

  it("refuses the stage of a REST stack that does not, in API Gateway's words", async () => {
    await withStack(fresh(), async (stack) => {
      await assert.rejects(
        stack.up({ ...REST_ONLY, reservedConcurrency: -1 }),
        /CloudWatch Logs role ARN must be set in account settings to enable logging/,
      );
      await stack.up({ ...REST_ONLY, ownsAccountLogging: true, reservedConcurrency: -1 });
    });
  });

  it("refuses reserved concurrency in Lambda's words, and takes the stack without", async () => {
    await withStack(fresh(), async (stack) => {
      await assert.rejects(
        stack.up({ ...urlOnly, reservedConcurrency: 1 }),
        /Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of \[10\]/,
      );
      await stack.up({ ...urlOnly, reservedConcurrency: -1 });
    });
  });
});
