import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { hasEnded } from "./ended";

/**
 * Waits until the pipe from its parent closes. A parent that ended as it should has removed the folder; of one that was killed, it ends the
 * processes and removes the folder.
 */
const WATCHDOG = `while read -r line; do :; done
for file in "$1"/processes/*; do [ -e "$file" ] && kill -9 "\${file##*/}" 2>/dev/null; done
rm -rf -- "$1"`;

/** The folder for the temporary files of this process. Nothing of it stays behind, also if the process is killed. */
export class RunFolder {
  private constructor(
    readonly path: string,
    private readonly watchdog: ChildProcessByStdio<Writable, null, null>,
  ) {}

  /** Makes the folder. Removes those of killed processes whose watchdog was killed as well. */
  static create(parent = tmpdir()): RunFolder {
    for (const name of readdirSync(parent)) {
      const pid = /^front-door-run-(\d+)-/.exec(name)?.[1];
      if (pid !== undefined && hasEnded(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
    }
    const path = mkdtempSync(join(parent, `front-door-run-${String(process.pid)}-`));
    mkdirSync(join(path, "processes"));
    // A session of its own: Ctrl-C in the terminal does not reach it.
    const watchdog = spawn("sh", ["-c", WATCHDOG, "front-door-watchdog", path], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    // Without a POSIX shell, the next start removes the folder.
    watchdog.on("error", () => undefined);
    watchdog.stdin.on("error", () => undefined);
    watchdog.unref();
    return new RunFolder(path, watchdog);
  }

  /** Notes a process that must not outlive this one. */
  readonly add = (child: ChildProcess): void => {
    if (child.pid === undefined) return;
    const file = join(this.path, "processes", String(child.pid));
    writeFileSync(file, "");
    child.once("exit", () => {
      rmSync(file, { force: true });
    });
  };

  remove(): Promise<void> {
    rmSync(this.path, { recursive: true, force: true });
    this.watchdog.stdin.end();
    return Promise.resolve();
  }
}
