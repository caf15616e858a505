import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import typescript from "typescript";

/*
 * Writes dist/, the package without the rest of the project: it contains what the client uses of contract/, also the types. An argument names
 * another folder than dist/.
 */

const CLIENT = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(CLIENT);
const OUT = process.argv[2] ?? join(CLIENT, "dist");
const ENTRIES = ["index", "apiKey", "bearer", "bodyHash", "sigv4"];
const entryPoints = ENTRIES.map((name) => join(CLIENT, `${name}.ts`));

rmSync(OUT, { recursive: true, force: true });
await build({
  entryPoints,
  outdir: OUT,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  platform: "neutral",
  packages: "external",
  target: "es2022",
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
});

/** The declarations of all source files, by their paths in the project without the extension. */
const declarations = new Map();
const program = typescript.createProgram(entryPoints, {
  rootDir: ROOT,
  target: typescript.ScriptTarget.ES2022,
  module: typescript.ModuleKind.ESNext,
  moduleResolution: typescript.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  strict: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
});
program.emit(undefined, (file, text) => declarations.set(relative(ROOT, file).replace(/\.d\.ts$/, ""), text));

const IMPORT = /(?<=from |import\()"(\.[^"]+?)(?:\.js)?"/g;
const written = new Set();

/** Writes the declarations of a file, and of those that it imports: modules of a package name each other with the extension. */
function writeTypes(name) {
  if (written.has(name)) return;
  written.add(name);
  const text = declarations.get(name);
  const path = join(OUT, "types", `${name}.d.ts`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text.replace(IMPORT, '"$1.js"'));
  for (const [, imported] of text.matchAll(IMPORT)) writeTypes(join(dirname(name), imported));
}

for (const name of ENTRIES) {
  writeTypes(`client/${name}`);
  writeFileSync(join(OUT, `${name}.d.ts`), `export * from "./types/client/${name}.js";\n`);
}
// The sources are CommonJS, as the rest of the project.
writeFileSync(join(OUT, "package.json"), '{ "type": "module", "sideEffects": false }\n');
cpSync(join(ROOT, "LICENSE"), join(OUT, "LICENSE"));
