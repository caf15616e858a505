import assert from "node:assert/strict";
import { Sha256 as SdksOwn } from "@smithy/core/checksum";
import { Sha256 } from "../../../functions/sdk/checksum";

describe("the hash in the bundle", () => {
  for (const secret of [undefined, "secret", Buffer.from([0, 255, 7])] as const)
    it(`is the SDK's own, with the secret ${secret === undefined ? "left out" : JSON.stringify(secret)}`, async () => {
      const [own, sdks] = [new Sha256(secret), new SdksOwn(secret)];
      for (const text of ["one", "", "two é"]) {
        own.update(Buffer.from(text));
        sdks.update(Buffer.from(text));
      }
      assert.deepEqual(await own.digest(), await sdks.digest());
      own.reset();
      sdks.reset();
      own.update(Buffer.from("three"));
      sdks.update(Buffer.from("three"));
      assert.deepEqual(await own.digest(), await sdks.digest());
    });
});
