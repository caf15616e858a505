import { createHash, type Hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../program/project";

/** A pack as one JavaScript file, so that its process needs no TypeScript. */
export interface CompiledPack {
  readonly script: string;
  /** The pack's folder: the SDK reads its package.json. */
  readonly folder: string;
}

const FILE = "pack.cjs";

/**
 * Compiles a policy pack into the cache, by the hash of its sources. A pack that has not changed is not compiled again.
 *
 * @param cache the folder of all compiled packs
 */
export async function compiledPack(folder: string, cache = cacheFolder()): Promise<CompiledPack> {
  const { version, build } = await esbuild();
  const hash = createHash("sha256").update(version);
  addSources(hash, folder, "");
  const place = join(cache, `pack-${hash.digest("hex").slice(0, 32)}`);
  const script = join(place, FILE);
  if (existsSync(script)) return { script, folder };
  const { outputFiles } = await build({
    entryPoints: [join(folder, "index.ts")],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    logLevel: "silent",
    // The pack finds its package.json beside its sources.
    define: { __dirname: JSON.stringify(join(folder, "pack")) },
  });
  for (const name of existsSync(cache) ? readdirSync(cache) : [])
    if (name.startsWith("pack-")) rmSync(join(cache, name), { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  // Renamed into place, so that a process beside this one never loads half of it.
  const draft = `${script}.${String(process.pid)}`;
  writeFileSync(draft, outputFiles[0]?.text ?? "");
  renameSync(draft, script);
  return { script, folder };
}

/** Beside the packages, because the compiled pack imports them from there; a temporary folder could not. */
function cacheFolder(): string {
  return join(PROJECT_ROOT, "node_modules", ".cache", "agentcore-front-door");
}

async function esbuild(): Promise<Pick<typeof import("esbuild"), "version" | "build">> {
  return await import("esbuild");
}

function addSources(hash: Hash, folder: string, path: string): void {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(path, entry.name);
    if (entry.name === "node_modules") continue;
    if (entry.isDirectory()) addSources(hash, folder, name);
    else if (/\.(?:ts|json)$/.test(name))
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(folder, name)))
        .update("\0");
  }
}
