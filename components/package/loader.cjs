/**
 * Loads the TypeScript of this package with esbuild. Neither the loader of the program that uses the package nor a tsconfig.json of its folder
 * has a say in it. Other files are left to the loader that was there before.
 */
const { readFileSync } = require("node:fs");
const { join, relative, sep } = require("node:path");
const { transformSync } = require("esbuild");

const ROOT = join(__dirname, "..", "..");
const DEPENDENCIES = `${sep}node_modules${sep}`;
const before = require.extensions[".ts"];

/** Options of a tsconfig.json that change what the code does; without them esbuild would look for the file. */
const tsconfigRaw = { compilerOptions: { target: "es2022", useDefineForClassFields: true } };

require.extensions[".ts"] = (module, file) => {
  const path = relative(ROOT, file);
  const isOwn = !path.startsWith("..") && !`${sep}${path}`.includes(DEPENDENCIES);
  if (!isOwn) return before(module, file);
  const source = readFileSync(file, "utf8");
  const { code } = transformSync(source, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile: file,
    sourcemap: "inline",
    tsconfigRaw,
  });
  module._compile(code, file);
};

/** The components by name. */
module.exports = require("../index.ts");
