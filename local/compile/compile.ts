import { createHash, type Hash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { PROJECT_ROOT } from "../program/project";

/** What is compiled into one JavaScript file. */
export interface Compiled {
  /** Name of its files in the cache. */
  readonly name: string;
  /** The folder of its sources. */
  readonly folder: string;
  /** Without what is read from the folder, the options decide the result. */
  readonly options: BuildOptions;
}

/** Beside the packages: a compiled file may import them from there. */
const CACHE = join(PROJECT_ROOT, "node_modules", ".cache", "agentcore-front-door");

/**
 * Compiles TypeScript into the cache, by the hash of sources, packages and options. What has not changed is not compiled again, and its process
 * needs no loader of TypeScript: it starts in a third of the time.
 *
 * @returns the path of the file
 */
export async function compile({ name, folder, options }: Compiled, cache = CACHE): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(options));
  const lock = join(PROJECT_ROOT, "package-lock.json");
  if (existsSync(lock)) hash.update(readFileSync(lock));
  addSources(hash, folder, "");
  const file = join(cache, `${name}-${hash.digest("hex").slice(0, 32)}.cjs`);
  if (existsSync(file)) {
    utimesSync(file, new Date(), new Date());
    return file;
  }
  const { buildSync } = await import("esbuild");
  // The process of an asynchronous build would stay, with 60 MB.
  const { outputFiles } = buildSync({ ...options, absWorkingDir: folder, ...COMMON });
  mkdirSync(cache, { recursive: true });
  const former = readdirSync(cache).filter((each) => each.startsWith(`${name}-`));
  // Renamed into place, so that a process beside this one never loads half of it.
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, outputFiles[0]?.text ?? "");
  renameSync(draft, file);
  for (const each of former) removeUnused(join(cache, each));
  return file;
}

/** What nothing has used for so long is removed, milliseconds. Another instance may be about to load a file that is newer. */
const KEPT_MS = 24 * 3600 * 1000;

function removeUnused(file: string): void {
  const used = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - used > KEPT_MS) rmSync(file, { force: true });
}

const COMMON = {
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "none",
  logLevel: "silent",
} as const satisfies BuildOptions;

function addSources(hash: Hash, folder: string, path: string): void {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(path, entry.name);
    if (entry.name === "node_modules") continue;
    if (entry.isDirectory()) addSources(hash, folder, name);
    else if (/\.(?:[cm]?[jt]s|json)$/.test(name)) {
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(folder, name)))
        .update("\0");
    }
  }
}
