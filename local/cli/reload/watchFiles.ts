import { watch, type FSWatcher } from "node:fs";
import { basename, join } from "node:path";

/** What is watched: a folder with everything in it, or some files of a folder. */
export interface Watched {
  readonly folder: string;
  /** Names of files in the folder; without it, all files in it and in its folders. */
  readonly files?: readonly string[];
}

/** An editor writes a file in several steps. */
const QUIET_MS = 100;

/** Files that no program reads: hidden ones, packages, and what editors leave beside a file that they save. */
const IGNORED = /(?:^|[\\/])(?:\.|node_modules(?:[\\/]|$)|__pycache__)|~$|\.(?:sw.|tmp|log)$|^\d+$/;

/**
 * Calls back when files were saved.
 *
 * @param onChange receives the paths of one burst of changes
 * @returns a function that ends it
 */
export function watchFiles(watched: readonly Watched[], onChange: (paths: readonly string[]) => void): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const note = (path: string): void => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed];
      changed.clear();
      onChange(paths);
    }, QUIET_MS);
  };
  const watchers = watched.map(({ folder, files }): FSWatcher => {
    // An editor may replace a file instead of writing it, so its folder is watched.
    const watcher = watch(folder, { recursive: files === undefined }, (_, name) => {
      if (name === null || (files ? !files.includes(basename(name)) : IGNORED.test(name))) return;
      note(join(folder, name));
    });
    // A folder that is removed is no longer watched.
    watcher.on("error", () => {
      watcher.close();
    });
    return watcher;
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
