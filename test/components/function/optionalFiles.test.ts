import assert from "node:assert/strict";
import { DETECTORS, type RedactionAction } from "../../../contract/runtime/doorPolicy";
import { doorPolicy } from "../../../contract/config/keys/policy";
import { bundleHandler } from "../../../components/function/bundle";

/** The files of the archive of a door with these actions of its detectors. */
const files = async (detectors: Readonly<Record<string, RedactionAction>>): Promise<string[]> =>
  Object.keys(await bundleHandler("buffered", doorPolicy({ redaction: { detectors } })).assets);

describe("the optional files of an archive", () => {
  it("have no detectors if each is off", async () => {
    for (const detectors of [{}, Object.fromEntries(DETECTORS.map((name) => [name, "off"] as const))]) {
      assert.deepEqual(await files(detectors), ["index.mjs", "dialects.mjs", "policy.json"]);
    }
  });

  for (const detector of DETECTORS) {
    it(`have the detectors if ${detector} is not off`, async () => {
      for (const action of ["mask", "reject"] as const) {
        assert.ok((await files({ [detector]: action })).includes("detectors.mjs"));
      }
    });
  }
});
