/** Where running front doors leave their announcements for the client on the same machine, relative to the project. */
export const FRONT_DOOR_FOLDER = ".front-door";

/** The announcement of one process: the line of `npm start -- --json`. */
export function announcementFile(pid: number): string {
  return `doors-${String(pid)}.json`;
}

/** The process that a file of the folder announces; undefined for any other file. */
export function announcedProcess(file: string): number | undefined {
  const pid = /^doors-(\d+)\.json$/.exec(file)?.[1];
  return pid === undefined ? undefined : Number(pid);
}
