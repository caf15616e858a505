import assert from "node:assert/strict";
import { checkCli, checkNode, checkPlugins, type Command } from "../../../local/doctor/machine/versions";

const prints =
  (text: string): Command =>
  () =>
    Promise.resolve(text);
const fails =
  (code: string): Command =>
  () =>
    Promise.reject(Object.assign(new Error("it failed\nmore"), { code }));

describe("npm run doctor, this machine", () => {
  it("compares Node.js with engines", () => {
    const of = (version: string) => checkNode(version, ">=20.19");
    assert.deepEqual(
      [of("20.19.0"), of("24.1.0"), of("v22.0.0")].map(({ state }) => state),
      ["fine", "fine", "fine"],
    );
    for (const version of ["20.18.9", "18.20.0"]) {
      const { state, text, remedy } = of(version);
      assert.equal(state, "wrong");
      assert.ok(text.includes(version) && text.includes(">=20.19") && remedy);
    }
    assert.equal(of("nightly").state, "not checked");
  });

  it("looks for the CLI, of the major version of the SDK", async () => {
    const of = async (command: Command) => (await checkCli(command, "3.248.0")).state;
    assert.equal(await of(prints("v3.248.0\n")), "fine");
    assert.equal(await of(prints("v3.276.1\n")), "fine");
    assert.equal(await of(prints("v3.100.0\n")), "not checked");
    assert.equal(await of(prints("v2.25.0\n")), "wrong");
    assert.equal(await of(prints("?")), "not checked");
    assert.equal(await of(fails("ENOENT")), "wrong");
    assert.equal(await of(fails("EACCES")), "not checked");
    const missing = await checkCli(fails("ENOENT"), "3.248.0");
    assert.match(missing.remedy ?? "", /https:\/\/www\.pulumi\.com\/docs\/install\//);
  });

  it("names the plugins that are there, and those that the first preview downloads", async () => {
    const installed = JSON.stringify([
      { name: "aws", kind: "resource", version: "7.48.0" },
      { name: "awsx", kind: "resource", version: "2.0.0" },
    ]);
    const wanted = { aws: "7.48.0", awsx: "3.9.0" };
    const { state, text } = await checkPlugins(prints(installed), wanted);
    assert.equal(state, "fine");
    assert.equal(text, "aws 7.48.0, awsx 3.9.0 (downloaded by the first preview)");
    for (const command of [fails("ENOENT"), prints("no JSON")])
      assert.equal((await checkPlugins(command, wanted)).state, "not checked");
  });
});
