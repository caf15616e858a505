import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { handlerCode } from "../../../components/function/bundle";
import { shippedPackages, type ShippedPackage } from "../../../docs/sections/shipped";
import { ROOT } from "../../support/local/frontDoor";

/** Licences that ask for the notice only. */
const PERMISSIVE = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

const foreign = (packages: readonly ShippedPackage[]): string[] =>
  packages.flatMap(({ name, license }) => (PERMISSIVE.includes(license) ? [] : [`${name}: ${license}`]));

describe("the packages that ship", () => {
  const packages = shippedPackages();
  const named = (name: string): ShippedPackage | undefined => packages.find((each) => each.name === name);

  it("have licences that ask for the notice only", () => {
    assert.deepEqual(foreign(packages), []);
    const copyleft = { name: "x", license: "AGPL-3.0-or-later", bundles: [] };
    assert.deepEqual(foreign([...packages, copyleft]), ["x: AGPL-3.0-or-later"]);
  });

  it("are those that the bundles have a part of", async () => {
    assert.deepEqual(named("jose")?.bundles, ["jwtAuthorizer", "userTokens.mjs"]);
    assert.deepEqual(named("re2js")?.bundles, ["customPatterns.mjs"]);
    assert.ok(named("@aws-sdk/client-bedrock-agentcore")?.bundles.includes("streaming"));
    // It is replaced when the handlers are bundled.
    assert.equal(named("@aws-sdk/credential-provider-node"), undefined);
    assert.ok(packages.every(({ name }) => !name.startsWith("@pulumi/")));
    assert.ok((await handlerCode("streaming")).length > 0);
  });

  it("are pinned with a hash each", () => {
    const { packages: locked } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
      packages: Record<string, { integrity?: string; license?: string; dev?: boolean }>;
    };
    for (const { name, license } of packages) {
      const entries = Object.entries(locked).filter(([path]) => path.endsWith(`node_modules/${name}`));
      assert.ok(entries.length > 0, name);
      for (const [path, { integrity = "" }] of entries) assert.match(integrity, /^sha512-/, path);
      assert.ok(
        entries.some(([, entry]) => entry.license === license && entry.dev !== true),
        name,
      );
    }
  });

  it("stand beside test tools of other licences, which the page names", () => {
    const { packages: locked } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
      packages: Record<string, { license?: string; dev?: boolean }>;
    };
    const copyleft = Object.entries(locked).filter(
      ([, { license = "" }]) =>
        // Of alternatives, the permissive one counts.
        /GPL|MPL|EPL|CDDL/.test(license) && !PERMISSIVE.some((each) => license.includes(`OR ${each}`)),
    );
    assert.deepEqual(
      copyleft.filter(([, { dev }]) => dev !== true).map(([path, { license }]) => `${path}: ${license ?? ""}`),
      [],
    );
    const page = readFileSync(join(ROOT, "docs/security/supply-chain.md"), "utf8");
    const scopes = new Set(copyleft.map(([path]) => path.replace(/^node_modules\/(@?[^/]+).*/, "$1")));
    for (const scope of scopes) assert.ok(page.includes(scope), scope);
  });
});
