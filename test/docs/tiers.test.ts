import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { browserFiles } from "../browser/support/tier";
import { engineFiles } from "../engine/support/files";
import { ROOT } from "../support/local/frontDoor";

const load = createRequire(__filename);
const { loadOptions } = load("mocha/lib/cli/options.cjs") as {
  loadOptions: (args: string[]) => { readonly _: string[] };
};
/** How mocha finds its files. */
const collect = load("mocha/lib/cli/collect-files.cjs") as (options: object) => { files: string[] };

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** The arguments of a script that runs mocha. */
function argsOf(script: string): string[] {
  const [command, ...args] = scripts[script]?.match(/"[^"]*"|\S+/g) ?? [];
  assert.equal(command, "mocha", script);
  return args.map((arg) => arg.replaceAll('"', ""));
}

/** The test files that a script runs, as paths in the project. */
function filesOf(script: string): string[] {
  const { _: spec, ...options } = loadOptions(argsOf(script));
  return collect({ file: [], ignore: [], ...options, spec }).files.map((file) => relative(ROOT, file));
}

const FAST = "test:fast";

/** The tiers whose script starts mocha itself. */
const RUNNERS: Readonly<Record<string, () => readonly string[]>> = {
  "test:engine": engineFiles,
  "test:browser": browserFiles,
};

describe("the tiers of the tests", () => {
  it("have each test file in exactly one of npm test, test:deep, test:engine and test:browser", () => {
    const files = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join("test", file));
    const tiers = Object.keys(scripts).filter((script) => /^test(?::|$)/.test(script) && script !== FAST);
    const ran = tiers.flatMap((script) => RUNNERS[script]?.() ?? filesOf(script));
    for (const runner of Object.keys(RUNNERS)) assert.ok(tiers.includes(runner), runner);
    assert.deepEqual(ran.sort(), files.sort());
  });

  it("are all run by .ci/run, and all in CONTRIBUTING.md", () => {
    const [ci, guide] = [".ci/run", "CONTRIBUTING.md"].map((file) => readFileSync(join(ROOT, file), "utf8"));
    for (const script of Object.keys(scripts).filter((name) => /^test(?::|$)/.test(name))) {
      const command = script === "test" ? "npm test" : `npm run ${script}`;
      assert.ok(guide?.includes(`| \`${command}\` `), `CONTRIBUTING.md: ${command}`);
      // npm test includes its files.
      if (script !== FAST) assert.match(ci ?? "", new RegExp(`^${command} `, "m"), `.ci/run: ${command}`);
    }
  });

  it("have each file of test:fast once, and in npm test too", () => {
    const fast = filesOf(FAST);
    assert.ok(fast.length > 50);
    assert.equal(new Set(fast).size, fast.length);
    const all = filesOf("test");
    assert.deepEqual(
      fast.filter((file) => !all.includes(file)),
      [],
    );
  });
});

describe("npm run test:fast", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "front-door-fast-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs files with the options of test:fast. */
  const runFast = (files: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> => {
    const paths = Object.entries(files).map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    });
    const { _: spec } = loadOptions(argsOf(FAST));
    const options = argsOf(FAST).filter((arg) => !spec.includes(arg));
    const mocha = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");
    const env = { ...process.env, NODE_OPTIONS: "" };
    return new Promise((resolve) => {
      execFile(process.execPath, [mocha, ...options, ...paths], { cwd: ROOT, env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      });
    });
  };

  it("fails a test that starts a process, by name, and one that bundles", async () => {
    const starts = Object.entries({
      spawn: 'childProcess.spawn("true")',
      spawnSync: 'childProcess.spawnSync("true")',
      exec: 'childProcess.exec("true")',
      execSync: 'childProcess.execSync("true")',
      execFile: 'await promisify(childProcess.execFile)("true")',
      execFileSync: 'childProcess.execFileSync("true")',
      fork: 'childProcess.fork("true")',
    });
    const esbuild = JSON.stringify(load.resolve("esbuild"));
    const { code, output } = await runFast({
      "starts.test.js": [
        'const childProcess = require("node:child_process");',
        'const { promisify } = require("node:util");',
        ...starts.map(([name, call]) => `it(${JSON.stringify(name)}, async () => { ${call}; });`),
      ].join("\n"),
      "bundles.test.js": `it("bundles", async () => { await require(${esbuild}).build({}); });`,
      "nothing.test.js": 'it("starts nothing", () => {});',
    });
    assert.equal(code, starts.length + 1, output);
    for (const [name] of starts)
      assert.ok(output.includes(`The test "${name}" starts a process: ${name}("true"). `), `${name}:\n${output}`);
    assert.match(output, /The test "bundles" starts a process: esbuild\. .* Leave its file out of test:fast/);
    assert.match(output, /^1 passed, 8 failed$/m);
  });
});
