import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageSchema, SCHEMA_FILE } from "../../docs/packageSchema";
import { ROOT } from "../support/local/frontDoor";
import { providerSchema, STARTS, type Schema } from "../support/package/plugin";

const golden = JSON.parse(readFileSync(join(ROOT, SCHEMA_FILE), "utf8")) as Schema;

/** The `tsconfig.json` of a caller's folder, by what is special about it. */
const FOLDERS: Readonly<Record<string, string | undefined>> = {
  "without a tsconfig.json": undefined,
  "with the tsconfig.json of a Pulumi template": JSON.stringify({
    compilerOptions: {
      strict: true,
      outDir: "bin",
      target: "es2020",
      module: "commonjs",
      moduleResolution: "node",
      sourceMap: true,
      forceConsistentCasingInFileNames: true,
    },
    files: ["index.ts"],
  }),
  "with one that fits no file of ours": JSON.stringify({
    compilerOptions: {
      target: "es5",
      lib: ["es5"],
      types: [],
      module: "esnext",
      verbatimModuleSyntax: true,
      noLib: true,
    },
  }),
};

/** One that TypeScript refuses by itself. */
const BROKEN = '{ "extends": "./missing.json", "compilerOptions": { "nonsense": true } }';

describe("the schema of the package", () => {
  it("is as the components make it: run npm run docs", async function () {
    // The analyzer loads the types of the provider.
    this.timeout(240_000);
    assert.equal(readFileSync(join(ROOT, SCHEMA_FILE), "utf8"), await packageSchema());
  });

  for (const [title, tsconfig] of Object.entries(FOLDERS))
    for (const start of Object.keys(STARTS) as (keyof typeof STARTS)[])
      it(`is served from a folder ${title}, by the ${start}`, async () => {
        await inFolder(tsconfig, async (folder) => {
          assert.deepEqual(await providerSchema(start, folder), golden);
        });
      }).timeout(60_000);

  it("is served by the executable from a folder whose tsconfig.json TypeScript refuses", async () => {
    await inFolder(BROKEN, async (folder) => {
      assert.deepEqual(await providerSchema("executable", folder), golden);
    });
  });

  it("is served from inside", async () => {
    assert.deepEqual(await providerSchema("host", join(ROOT, "components")), golden);
  }).timeout(60_000);

  it("is what the CLI gets, from any folder", async function () {
    try {
      execFileSync("pulumi", ["version"], { stdio: "ignore" });
    } catch {
      this.skip();
    }
    await inFolder(BROKEN, (folder) => {
      mkdirSync(join(folder, "home"));
      const env = { ...process.env, PULUMI_HOME: join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
      const args = ["package", "get-schema", STARTS.executable[0]];
      const printed = execFileSync("pulumi", args, {
        cwd: folder,
        env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      const { name, version, resources } = JSON.parse(printed) as Schema;
      assert.deepEqual([name, version], [golden.name, golden.version]);
      assert.deepEqual(Object.keys(resources).sort(), Object.keys(golden.resources).sort());
    });
  }).timeout(60_000);
});

async function inFolder(tsconfig: string | undefined, test: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "front-door-caller-"));
  try {
    if (tsconfig !== undefined) writeFileSync(join(folder, "tsconfig.json"), tsconfig);
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
