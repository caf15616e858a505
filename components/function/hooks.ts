import { statSync } from "node:fs";
import { extname, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync, type BuildFailure, type BuildOptions } from "esbuild";
import { HOOK_NAMES } from "../../contract/runtime/hooks";
import { closest } from "../../contract/config/validate/shape";
import { hookTypeErrors } from "./hookTypes";

const TYPESCRIPT = [".ts", ".mts"];
const EXTENSIONS = [...TYPESCRIPT, ".js", ".mjs"];

/** Code by file and time of its last change: the doors of a stack share a module. */
const codes = new Map<string, string>();

/**
 * Bundles a stack's own module with the packages that it imports, and checks it against the types of hooks.
 *
 * @param path of the module; a relative one starts at the folder of the program
 * @param build how the handlers are bundled
 * @returns the code of an ES module
 * @throws RunError that names the file and the remedy
 */
export function hooksCode(path: string, build: BuildOptions): string {
  const file = resolve(path);
  const refuse = (text: string) => new pulumi.RunError(`\`hooks\` is "${path}": ${text}`);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile())
    throw refuse(`there is no file ${file}. Set it to the path of a module, from the folder of the program.`);
  if (!EXTENSIONS.includes(extname(file))) throw refuse(`use a file that ends with ${EXTENSIONS.join(", ")}.`);
  const key = `${file} ${found.mtimeMs}`;
  const known = codes.get(key);
  if (known !== undefined) return known;
  const { code, exports } = bundled(file, build, refuse);
  if (!exports.some((name) => (HOOK_NAMES as readonly string[]).includes(name)) || exports.includes("default"))
    throw refuse(
      `it exports ${exports.join(", ") || "nothing"}. Export ${HOOK_NAMES.join(" or ")} by name, as an ES module.`,
    );
  const unknown = exports.find((name) => !(HOOK_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw refuse(`it exports "${unknown}"${closest(unknown, HOOK_NAMES)}. Export only ${HOOK_NAMES.join(" and ")}.`);
  const errors = TYPESCRIPT.includes(extname(file)) ? hookTypeErrors(file) : [];
  if (errors.length > 0) throw refuse(`its types are wrong:\n${errors.map((text) => `  ${text}`).join("\n")}`);
  codes.set(key, code);
  return code;
}

function bundled(
  file: string,
  build: BuildOptions,
  refuse: (text: string) => Error,
): { code: string; exports: string[] } {
  try {
    const { outputFiles, metafile } = buildSync({
      ...build,
      entryPoints: [file],
      absWorkingDir: resolve("."),
      minify: true,
      write: false,
      metafile: true,
      // Packages that are not ES modules call it.
      banner: { js: REQUIRE },
    });
    const [output] = Object.values(metafile.outputs);
    return { code: outputFiles[0]?.text ?? "", exports: output?.exports ?? [] };
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>;
    const texts = errors.map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
    );
    throw refuse(`it cannot be bundled:\n${texts.map((text) => `  ${text}`).join("\n")}`);
  }
}

const REQUIRE = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);';
