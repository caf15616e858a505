import childProcess from "node:child_process";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

/*
 * `npm run test:fast` loads this first, with mocha's `--require`: a test that starts a process fails. esbuild, which starts a process of
 * its own for each build, is replaced: an archive of a function contains a stub. `npm test` runs the same tests with the real code.
 */

/** What the archive of a function contains in place of its code. */
const STUB = "// npm run test:fast bundles nothing.\n";

const STUBBED = { errors: [], warnings: [], outputFiles: [{ path: "", text: STUB }] };

/** What mocha starts itself: a process for each job. */
const WORKER = join("mocha", "lib", "nodejs", "worker.cjs");

/** The title of the test that runs; none while a file is loaded or a suite is prepared. */
let running: string | undefined;

export const mochaHooks: Mocha.RootHookObject = {
  beforeEach(this: Mocha.Context) {
    running = this.currentTest?.fullTitle();
  },
  afterEach() {
    running = undefined;
  },
};

function refuse(what: string): never {
  const where = running === undefined ? "A test file, or a hook of one," : `The test "${running}"`;
  throw new Error(
    `${where} starts a process: ${what}. \`npm run test:fast\` starts none. Leave its file out of test:fast in package.json.`,
  );
}

type Start = (command: string, ...rest: unknown[]) => unknown;
const starters = childProcess as unknown as Record<string, Start>;
for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]) {
  const start = starters[name];
  starters[name] = (command, ...rest) =>
    name === "fork" && command.endsWith(WORKER)
      ? start?.(command, ...rest)
      : refuse(`${name}(${JSON.stringify(command)})`);
}
syncBuiltinESMExports();

const load = createRequire(__filename);
const path = load.resolve("esbuild");
const esbuild = load("esbuild") as typeof import("esbuild");
const module = load.cache[path];
if (!module) throw new Error("esbuild is not loaded.");
module.exports = {
  ...esbuild,
  // A function's bundle is read as a text, and written nowhere.
  build: ({ write }: { write?: boolean }) => (write === false ? Promise.resolve(STUBBED) : refuse("esbuild")),
  context: () => refuse("esbuild"),
  buildSync: () => STUBBED,
};
