import assert from "node:assert/strict";
import { TYPES } from "../../local/program/graph";
import { engineSuite } from "./support/cli";
import { REST_ONLY } from "./support/config";
import { withStack } from "./support/stack";

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
});
