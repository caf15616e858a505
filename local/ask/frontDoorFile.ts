/** Folder, relative to the project, in which running front doors write their announcements for clients on the same machine. */
export const FRONT_DOOR_FOLDER = ".front-door";

/** File name of a process's announcement. It contains the line of `npm start -- --json`. */
export function announcementFile(pid: number): string {
  return `doors-${String(pid)}.json`;
}

/** The process id in the name of an announcement file; undefined for any other file. */
export function announcedProcess(file: string): number | undefined {
  const pid = /^doors-(\d+)\.json$/.exec(file)?.[1];
  return pid === undefined ? undefined : Number(pid);
}
