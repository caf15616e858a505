const { createHash } = require("node:crypto");
const {
  chmodSync,
  mkdtempSync,
  mkdirSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} = require("node:fs");
const { join, sep } = require("node:path");

/** Folders without sources of the pack. */
const OTHER = new Set(["build", "docs", "node_modules", "types"]);

/** What is compiled, each to a file of its own. */
const ENTRIES = ["index.ts", "library.ts", "config/main.ts", "sarif/main.ts"];

function sourcesIn(folder, inside = "") {
  return readdirSync(join(folder, inside), { withFileTypes: true })
    .flatMap((entry) => {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) return inside === "" && OTHER.has(entry.name) ? [] : sourcesIn(folder, path);
      return /\.ts$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** Names a build by all that it is made of: the sources, the version that is compiled in, and this file. */
function hashOf(folder) {
  const hash = createHash("sha256");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  hash.update(JSON.stringify([version, readFileSync(__filename, "utf8")]));
  for (const path of sourcesIn(folder)) hash.update(JSON.stringify([path, readFileSync(join(folder, path), "utf8")]));
  return hash.digest("hex").slice(0, 16);
}

/** Builds in a folder of its own and then renames it, so that a start beside this one never sees half a build. */
function build(folder, target) {
  const builds = join(folder, "build");
  let made;
  try {
    mkdirSync(builds, { recursive: true });
    made = mkdtempSync(join(builds, ".making-"));
    require("esbuild").buildSync({
      absWorkingDir: folder,
      entryPoints: ENTRIES,
      outbase: folder,
      outdir: made,
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      format: "cjs",
      sourcemap: "linked",
      sourcesContent: false,
      logLevel: "silent",
    });
    // Whoever installs it may not be who runs it.
    chmodSync(made, 0o755);
    if (!existsSync(target)) renameSync(made, target);
  } catch (error) {
    // Another start was faster.
    if (!existsSync(join(target, "index.js")))
      throw new Error(
        `The policy pack in ${folder} has sources that no build is made of, and cannot build them: ${error.message} ` +
          "Run `npm install && npm run build` in this folder, as a user who may write there.",
        { cause: error },
      );
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  }
  for (const name of readdirSync(builds))
    if (!name.startsWith(".") && !target.endsWith(sep + name))
      rmSync(join(builds, name), { recursive: true, force: true });
}

/**
 * Path of a compiled file. Compiles the pack first if its sources are not those that the build was made of: a changed rule holds
 * at once, and an old build never runs.
 *
 * @param {string} file relative to the pack's folder, without an extension
 * @throws {Error} if the pack cannot be compiled
 */
function compiled(file) {
  const target = join(__dirname, "build", hashOf(__dirname));
  if (!existsSync(join(target, "index.js"))) build(__dirname, target);
  return join(target, `${file}.js`);
}

module.exports = { compiled };
