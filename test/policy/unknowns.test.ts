import assert from "node:assert/strict";
import { UnknownValueError } from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy";
import { UNKNOWNS } from "../../policy/model/unknowns";
import { plain, UNKNOWN } from "../../policy/model/value";

describe("values that are not known", () => {
  const sdk = Object.entries(proxy as unknown as Record<string, unknown>)
    .filter(([name]) => /^unknown\w+Value$/.test(name))
    .map(([, value]) => value);

  it("are those that the SDK knows", () => {
    assert.deepEqual([...UNKNOWNS].sort(), sdk.sort());
  });

  it("are read out of the SDK's proxies, at any depth, and what is known stays", () => {
    for (const unknown of sdk) {
      const { unknownCheckingProxy } = proxy as unknown as { unknownCheckingProxy: <T>(value: T) => T };
      const given = { a: unknown, b: { c: [1, { d: unknown }], e: "f" }, g: [unknown], h: null, i: { j: true } };
      const proxied = unknownCheckingProxy(given);
      assert.throws(() => proxied.a, UnknownValueError as ErrorConstructor);
      const read = plain(proxied) as typeof given;
      assert.deepEqual(read, {
        a: UNKNOWN,
        b: { c: [1, { d: UNKNOWN }], e: "f" },
        g: [UNKNOWN],
        h: null,
        i: { j: true },
      });
      assert.equal(read.i, given.i, "what has no unknown in it is not copied");
      assert.equal(given.a, unknown, "what was given stays as it is");
    }
  });
});
