import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { cidrText, containsAddress, parseCidr } from "../../../contract/aws/cidr";

describe("CIDR ranges", () => {
  for (const [text, version, isNetwork, normal] of [
    ["192.0.2.0/24", 4, true, "192.0.2.0/24"],
    ["192.0.2.7/24", 4, false, "192.0.2.0/24"],
    ["192.0.2.7/32", 4, true, "192.0.2.7/32"],
    ["0.0.0.0/0", 4, true, "0.0.0.0/0"],
    ["2001:DB8::/32", 6, true, "2001:db8:0:0:0:0:0:0/32"],
    ["2001:db8::1/64", 6, false, "2001:db8:0:0:0:0:0:0/64"],
    ["::/0", 6, true, "0:0:0:0:0:0:0:0/0"],
    ["::1/128", 6, true, "0:0:0:0:0:0:0:1/128"],
    ["1:2:3:4:5:6:7:8/128", 6, true, "1:2:3:4:5:6:7:8/128"],
    ["::ffff:192.0.2.1/128", 6, true, "0:0:0:0:0:ffff:c000:201/128"],
  ] as const) {
    it(`reads ${text}`, () => {
      const cidr = parseCidr(text);
      assert.ok(cidr);
      assert.deepEqual([cidr.version, cidr.isNetwork, cidrText(cidr)], [version, isNetwork, normal]);
    });
  }

  for (const text of [
    "",
    "192.0.2.0",
    "192.0.2.0/33",
    "192.0.2.0/024",
    "192.0.2/24",
    "256.0.0.0/8",
    "2001:db8::/129",
    "::1",
    "a/8",
    "1.1.1.1/8 ",
  ]) {
    it(`does not read "${text}"`, () => {
      assert.equal(parseCidr(text), undefined);
    });
  }

  it("holds what Node's own list holds", () => {
    const v4 = fc.tuple(fc.constant("ipv4" as const), fc.ipV4(), fc.integer({ min: 1, max: 32 }), fc.ipV4());
    const v6 = fc.tuple(fc.constant("ipv6" as const), fc.ipV6(), fc.integer({ min: 1, max: 128 }), fc.ipV6());
    fc.assert(
      fc.property(fc.oneof(v4, v6), fc.boolean(), ([family, network, prefix, other], same) => {
        const address = same ? network : other;
        const list = new BlockList();
        list.addSubnet(network, prefix, family);
        const cidr = parseCidr(`${network}/${prefix}`);
        assert.ok(cidr);
        assert.equal(containsAddress(cidr, address), list.check(address, family), `${network}/${prefix} ${address}`);
      }),
    );
  });

  it("takes an IPv4 address for itself where a socket shows it as IPv6", () => {
    const range = parseCidr("127.0.0.0/8");
    assert.ok(
      range &&
        containsAddress(range, "::ffff:127.0.0.1") &&
        !containsAddress(range, "::1") &&
        !containsAddress(range, "nobody"),
    );
  });
});
