import assert from "node:assert/strict";
import { TYPES } from "../../../local/program/graph";
import type { Cloud } from "../provider/cloud/cloud";
import { text } from "../provider/kind";
import { programBefore } from "../support/before";
import { engineSuite } from "../support/cli";
import { REST_ONLY } from "../support/config";
import { program, withStack } from "../support/stack";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const domain = { name: "agent.example.com", certificateArn };

engineSuite("the domain of a REST API", () => {
  it("is its only address, and its own address is there again when the domain goes", async () => {
    await withStack({}, async (stack) => {
      for (const config of [{}, { domain }, {}, { domain, apiAuth: "apiKey" }, { apiAuth: "apiKey" }]) {
        await stack.up({ ...REST_ONLY, ...config });
        const [api] = stack.cloud.all(TYPES.restApi);
        assert.ok(api);
        const { executeApi } = stack.cloud.served(api.id) ?? {};
        assert.equal(executeApi, !("domain" in config), JSON.stringify(config));
      }
    });
  });

  it("has records for the addresses that it answers at", async () => {
    await withStack({}, async (stack) => {
      await stack.up({ ...REST_ONLY, domain: { ...domain, hostedZoneId: "Z1D633PJN98FT9" } });
      const [name] = stack.cloud.all(TYPES.domainName);
      const { ipAddressType } = name?.inputs["endpointConfiguration"] as { ipAddressType?: string };
      const types = stack.cloud.all(TYPES.record).map(({ inputs }) => inputs["type"]);
      assert.deepEqual(types.sort(), ipAddressType === "dualstack" ? ["A", "AAAA"] : ["A"]);
    });
  });

  it("has each door at an address that does not depend on other doors", async () => {
    await withStack({}, async (stack) => {
      const [buffered, streaming] = ["bufferedApi", "streamingApi"];
      for (const doors of [[streaming], [buffered, streaming], [buffered], [streaming]]) {
        await stack.up({ ...REST_ONLY, domain, doors });
        assert.deepEqual(addressesOf(stack.cloud), doors.map((door) => ADDRESSES[door]).sort());
        assert.deepEqual((await stack.preview()).steps, []);
      }
    });
  });

  it("has the only door of an earlier version at the root, whichever doors come and go", async () => {
    const versions = { run: programBefore };
    await withStack({ program: () => versions.run() }, async (stack) => {
      const door = { ...REST_ONLY, domain };
      await stack.up(door);
      const [root] = stack.cloud.all(TYPES.basePathMapping);
      assert.deepEqual(addressesOf(stack.cloud), ["bufferedApi agent.example.com/"]);
      versions.run = program;
      for (const doors of [["bufferedApi"], ["bufferedApi", "streamingApi"], ["bufferedApi"]]) {
        await stack.up({ ...door, doors });
        const others = doors.slice(1).map((each) => ADDRESSES[each]);
        assert.deepEqual(addressesOf(stack.cloud), ["bufferedApi agent.example.com/", ...others]);
        assert.ok(stack.cloud.all(TYPES.basePathMapping).some(({ urn, id }) => urn === root?.urn && id === root.id));
      }
      await stack.up({ ...door, doors: ["streamingApi"] });
      assert.deepEqual(addressesOf(stack.cloud), [ADDRESSES["streamingApi"]]);
    });
  });
});

const ADDRESSES: Readonly<Record<string, string>> = {
  bufferedApi: "bufferedApi agent.example.com/buffered",
  streamingApi: "streamingApi agent.example.com/streaming",
};

/** What each mapping of the domain leads to, as the door and the address. */
function addressesOf(cloud: Cloud): string[] {
  return cloud
    .all(TYPES.basePathMapping)
    .map(({ inputs, outputs }) => {
      const api = cloud.all(TYPES.restApi).find(({ id }) => id === inputs["restApi"]);
      const door = api?.urn.endsWith("-buffered-api") === true ? "bufferedApi" : "streamingApi";
      return `${door} ${text(outputs, "domainName")}/${text(outputs, "basePath")}`;
    })
    .sort();
}
