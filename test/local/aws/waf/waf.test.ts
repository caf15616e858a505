import assert from "node:assert/strict";
import { WebAcl, type WebAclArgs } from "../../../../components/index";
import { notEvaluated, WafDouble, type Inspected } from "../../../../local/aws/waf/waf";
import { TYPES } from "../../../../local/program/graph";
import { only, record } from "../../../support/program/components";

describe("the double of a web ACL", () => {
  let now = 0;
  const deploy = async (args: WebAclArgs) => {
    const graph = await record(false, () => new WebAcl("acl", args));
    now = 1_000_000;
    return new WafDouble(graph, only(graph, TYPES.webAcl), "apiGateway", () => now);
  };
  const from = (address: string, more: Partial<Inspected> = {}): Inspected => ({
    address,
    bodySize: 10,
    headers: {},
    ...more,
  });
  const via = (forwarded: string, address = "127.0.0.1") =>
    from(address, { headers: { "x-forwarded-for": forwarded } });

  it("names the rules that it leaves to AWS", async () => {
    const args: WebAclArgs = { blockIps: ["192.0.2.0/24"], allowIps: ["198.51.100.0/24"] };
    const graph = await record(false, () => new WebAcl("acl", args));
    assert.deepEqual(notEvaluated(only(graph, TYPES.webAcl)), [
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
    ]);
  });

  it("blocks by address, of both versions", async () => {
    const waf = await deploy({ blockIps: ["192.0.2.0/24", "2001:db8::/32"] });
    for (const address of ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1"]) {
      assert.equal(waf.blocking(from(address))?.name, "blocked-addresses", address);
    }
    assert.equal(waf.blocking(from("192.0.3.7")), undefined);
  });

  it("blocks by size up to the byte", async () => {
    const waf = await deploy({});
    assert.equal(waf.blocking(from("192.0.2.7", { bodySize: 65_536 })), undefined);
    assert.equal(waf.blocking(from("192.0.2.7", { bodySize: 65_537 }))?.name, "body-size");
  });

  it("counts each address over five minutes that slide", async () => {
    const waf = await deploy({ rateLimitPerFiveMinutes: 10 });
    for (let sent = 0; sent < 10; sent++) assert.equal(waf.blocking(from("192.0.2.7")), undefined);
    assert.equal(waf.blocking(from("192.0.2.7"))?.name, "rate");
    assert.equal(waf.blocking(from("192.0.2.8")), undefined);
    now += 299_999;
    assert.equal(waf.blocking(from("192.0.2.7"))?.name, "rate");
    now += 300_000;
    assert.equal(waf.blocking(from("192.0.2.7")), undefined);
  });

  it("spares an allowed address the rate, not the size and not the block list", async () => {
    const waf = await deploy({ rateLimitPerFiveMinutes: 10, allowIps: ["192.0.2.0/24"], blockIps: ["192.0.2.9/32"] });
    for (let sent = 0; sent < 30; sent++) assert.equal(waf.blocking(from("192.0.2.7")), undefined);
    assert.equal(waf.blocking(from("192.0.2.7", { bodySize: 70_000 }))?.name, "body-size");
    assert.equal(waf.blocking(from("192.0.2.9"))?.name, "blocked-addresses");
  });

  describe("behind a proxy", () => {
    const rules = { rateKey: "forwardedIp", allowIps: ["192.0.2.0/24"], blockIps: ["198.51.100.0/24"] };

    it("blocks an address wherever it stands", async () => {
      const waf = await deploy(rules);
      for (const request of [via("198.51.100.1"), via("203.0.113.1, 198.51.100.1"), from("198.51.100.1")]) {
        assert.equal(waf.blocking(request)?.name, "blocked-addresses");
      }
      assert.equal(waf.blocking(via("no address"))?.name, "blocked-addresses");
    });

    it("counts by the first address that is named, and not at all where none is", async () => {
      const waf = await deploy({ ...rules, rateLimitPerFiveMinutes: 10 });
      for (let sent = 0; sent < 10; sent++) assert.equal(waf.blocking(via("203.0.113.1")), undefined);
      assert.equal(waf.blocking(via("203.0.113.1"))?.name, "rate");
      assert.equal(waf.blocking(via("203.0.113.2")), undefined);
      for (let sent = 0; sent < 30; sent++) assert.equal(waf.blocking(from("127.0.0.1")), undefined);
    });

    it("spares nobody who only says that he is allowed", async () => {
      const waf = await deploy({ ...rules, rateLimitPerFiveMinutes: 10 });
      const send = (forwarded: string) => Array.from({ length: 11 }, () => waf.blocking(via(forwarded))?.name).at(-1);
      assert.equal(send("192.0.2.7, 203.0.113.9"), "rate");
      assert.equal(send("203.0.113.8, 192.0.2.7"), undefined);
    });
  });
});
