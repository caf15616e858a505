import assert from "node:assert/strict";
import { TYPES } from "../../local/program/graph";
import type { Cloud } from "./provider/cloud/cloud";
import { engineSuite } from "./support/cli";
import { REST_ONLY } from "./support/config";
import { withStack } from "./support/stack";

const FUNCTION = "front-door-buffered-api-fn";
const config = { ...REST_ONLY, privateNetwork: true };

engineSuite("a function in a private network", () => {
  it("is deleted first, then what waits for its network interfaces, then the role that Lambda deletes them with", async () => {
    await withStack({}, async (stack) => {
      await stack.up(config);
      const before = stack.cloud.changes.length;
      await stack.destroy();
      assertOrder(stack.cloud, before, [
        FUNCTION,
        `${FUNCTION}-interfaces`,
        `${FUNCTION}-network-policy`,
        `${FUNCTION}-role`,
      ]);
      assert.deepEqual(stack.cloud.everything, []);
    });
  });

  it("keeps its role's rights while AWS still has its network interfaces", async () => {
    await withStack({}, async (stack) => {
      await stack.up(config);
      const rights = networkRights(stack.cloud);
      assert.equal(rights.length, 1);
      // What a security group's deletion ends with if Lambda has not deleted the interfaces.
      stack.cloud.refuses = ({ op, type }) => op === "delete" && type === TYPES.securityGroup;
      await assert.rejects(stack.destroy(), /ServiceUnavailableException/);
      assert.deepEqual(networkRights(stack.cloud), rights);
      assert.ok(stack.cloud.all(TYPES.role).some(({ urn }) => urn.endsWith(`::${FUNCTION}-role`)));
      stack.cloud.refuses = () => false;
      await stack.destroy();
      assert.deepEqual(stack.cloud.everything, []);
    });
  });

  it("leaves the network before its role loses the rights", async () => {
    await withStack({}, async (stack) => {
      await stack.up(config);
      const before = stack.cloud.changes.length;
      await stack.up(REST_ONLY);
      assertOrder(stack.cloud, before, [FUNCTION, `${FUNCTION}-interfaces`, `${FUNCTION}-network-policy`]);
      assert.deepEqual(networkRights(stack.cloud), []);
      assert.deepEqual((await stack.preview()).steps, []);
    });
  });
});

/** Ids of the policies that let Lambda delete network interfaces. */
function networkRights(cloud: Cloud): string[] {
  return cloud
    .all(TYPES.rolePolicy)
    .filter(({ inputs }) => String(inputs["policy"]).includes("ec2:DeleteNetworkInterface"))
    .map(({ id }) => id);
}

/** @param from how many changes came before */
function assertOrder(cloud: Cloud, from: number, names: readonly string[]): void {
  const changed = cloud.changes.slice(from).map(({ urn }) => urn.split("::").at(-1) ?? "");
  assert.deepEqual(
    changed.filter((name) => names.includes(name)),
    names,
  );
}
