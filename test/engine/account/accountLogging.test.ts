import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import { Cloud } from "../provider/cloud/cloud";
import { engineSuite } from "../support/cli";
import { REST_ONLY } from "../support/config";
import { placeOf, withStack } from "../support/stack";

const config = { ...REST_ONLY, ownsAccountLogging: true };

engineSuite("API Gateway's logging role", () => {
  it("stays when its stack goes, with its policy and the setting, and another stack's takes its place", async () => {
    const cloud = new Cloud(placeOf("us-east-1"));
    await withStack({ cloud }, async (stack) => {
      await stack.up(config);
      await stack.destroy();
    });
    assert.deepEqual(typesIn(cloud), KEPT);
    const first = loggingRole(cloud);

    await withStack({ cloud, name: "other" }, async (stack) => {
      await stack.up(config);
      const second = loggingRole(cloud);
      assert.notEqual(second, first);
      assert.deepEqual((await stack.preview()).steps, []);
      await stack.destroy();
      assert.equal(loggingRole(cloud), second);
    });
  });

  it("stays when the key is removed, and can be owned again", async () => {
    await withStack({}, async (stack) => {
      await stack.up(config);
      const first = loggingRole(stack.cloud);
      await stack.up(REST_ONLY);
      assert.equal(loggingRole(stack.cloud), first);
      await stack.up(config);
      loggingRole(stack.cloud);
    });
  });
});

const KEPT = [TYPES.account, TYPES.role, TYPES.rolePolicy].sort();

function typesIn(cloud: Cloud): string[] {
  return cloud.everything.map(({ type }) => type).sort();
}

/** The role that API Gateway logs with; it is there, with a policy. */
function loggingRole(cloud: Cloud): string {
  const [setting, ...others] = cloud.all(TYPES.account);
  assert.deepEqual(others, []);
  const role = cloud.all(TYPES.role).find(({ outputs }) => outputs["arn"] === setting?.inputs["cloudwatchRoleArn"]);
  assert.ok(role, "the setting names a role that is there");
  assert.ok(
    cloud.all(TYPES.rolePolicy).some(({ inputs }) => inputs["role"] === role.id),
    "the role has its policy",
  );
  return role.id;
}
