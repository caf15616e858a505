import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { announcedProcess, announcementFile, FRONT_DOOR_FOLDER } from "../ask/frontDoorFile";
import { PROJECT_ROOT } from "../program/project";
import { hasEnded } from "./processes/ended";

/**
 * Writes the line of this process to a file for `npm run ask`. Only this user may read it, because it contains keys. Removes the files of
 * killed processes.
 *
 * @returns a function that removes the file, if it is still this process's
 */
export function announce(line: string, root = PROJECT_ROOT): () => Promise<void> {
  const folder = join(root, FRONT_DOOR_FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of readdirSync(folder)) {
    const pid = announcedProcess(file);
    if (pid !== undefined && hasEnded(pid)) rmSync(join(folder, file), { force: true });
  }
  const file = join(folder, announcementFile(process.pid));
  // Renamed into place, so that no reader gets an incomplete line.
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  writeFileSync(draft, line, { mode: 0o600, flag: "wx" });
  renameSync(draft, file);
  return () => {
    rmSync(file, { force: true });
    return Promise.resolve();
  };
}
