import { createRequire, Module } from "node:module";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { runIndex } from "../stacks";
import { ROOT } from "./frontDoor";

/** Changed sources of the program by path from the project's root, with their whole text. */
export type Changes = ReadonlyMap<string, string>;

type Extension = (module: NodeJS.Module & { _compile(code: string, file: string): void }, file: string) => void;

const load = createRequire(__filename);
const { _extensions: extensions } = Module as unknown as { _extensions: Record<".ts", Extension> };
const PROGRAM = /^(?:components|contract)\/|^index\.ts$/;

/**
 * Runs index.ts as {@link runIndex} does, with changed sources and nothing written. A copy of the project would be compiled and bundled again;
 * here only the changed modules and those that import them are loaded, and later forgotten.
 */
export function runChanged(changes: Changes): unknown {
  const texts = new Map([...changes].map(([path, text]) => [join(ROOT, path), text]));
  const kept = forget([...texts.keys()]);
  const loadTs = extensions[".ts"];
  extensions[".ts"] = (module, file) => {
    const text = texts.get(file);
    if (text === undefined) loadTs(module, file);
    else module._compile(transformSync(text, { loader: "ts", format: "cjs", target: "es2022" }).code, file);
  };
  try {
    return runIndex();
  } finally {
    extensions[".ts"] = loadTs;
    forget([...texts.keys()]);
    for (const [file, module] of kept) load.cache[file] = module;
  }
}

/** Removes files, and each file of the program that imports one of them, from the cache of modules; returns what it has removed. */
function forget(files: readonly string[]): ReadonlyMap<string, NodeJS.Module> {
  const reached = new Set(files);
  const program = Object.values(load.cache).filter(
    (each): each is NodeJS.Module => each !== undefined && PROGRAM.test(each.filename.slice(ROOT.length + 1)),
  );
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const { filename, children } of program)
      if (children.some((child) => reached.has(child.filename))) reached.add(filename);
  }
  const removed = new Map(program.filter(({ filename }) => reached.has(filename)).map((each) => [each.filename, each]));
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  for (const file of removed.keys()) delete load.cache[file];
  return removed;
}
