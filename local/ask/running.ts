import { readdirSync, readFileSync, statSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import type { FrontDoor } from "../../contract/wire/doors";
import { announcedProcess, FRONT_DOOR_FOLDER } from "./frontDoorFile";

/** A front door that `npm start` has announced on this machine. */
export interface Running extends FrontDoor {
  readonly pid: number;
}

/** Filters of the caller. The newest match is used. */
export interface FrontDoorFilter {
  readonly stack?: string | undefined;
  readonly pid?: string | undefined;
}

/**
 * Finds the newest front door that runs on this machine.
 *
 * @returns the front door, and the number of matches
 * @throws Error if there is no match; it lists what runs instead
 */
export async function runningFrontDoor(
  { stack, pid }: FrontDoorFilter,
  root = join(__dirname, "..", ".."),
): Promise<{ frontDoor: Running; count: number }> {
  const announced = announcements(join(root, FRONT_DOOR_FOLDER));
  const answers = await Promise.all(announced.map(isAlive));
  const alive = announced.filter((_, index) => answers[index]);
  const fitting = alive.filter(
    (each) => (stack === undefined || each.stack === stack) && (pid === undefined || String(each.pid) === pid),
  );
  const [frontDoor] = fitting;
  if (frontDoor) return { frontDoor, count: fitting.length };
  if (alive.length > 0) {
    const wanted = [
      ...(stack === undefined ? [] : [`--stack ${stack}`]),
      ...(pid === undefined ? [] : [`--pid ${pid}`]),
    ];
    throw new Error(`No front door on this machine fits ${wanted.join(" ")}. Use one that runs: ${list(alive)}.`);
  }
  const killed = announced.length === 0 ? "" : ` (killed: ${list(announced)})`;
  throw new Error(`No front door runs on this machine${killed}. Run \`npm start\` first, or give --url.`);
}

function list(frontDoors: readonly Running[]): string {
  return frontDoors.map(({ stack, pid }) => `stack ${stack} in process ${String(pid)}`).join(", ");
}

/** The newest first. */
function announcements(folder: string): Running[] {
  return names(folder)
    .flatMap((file) => {
      const pid = announcedProcess(file);
      const path = join(folder, file);
      try {
        return pid === undefined
          ? []
          : [{ at: statSync(path).mtimeMs, pid, ...(JSON.parse(readFileSync(path, "utf8")) as FrontDoor) }];
      } catch {
        // The process ended and removed its file meanwhile.
        return [];
      }
    })
    .sort((a, b) => b.at - a.at);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A killed process leaves its announcement behind, and its id can be reused. So the first door must also accept a connection. */
async function isAlive({ pid, doors: [door] }: Running): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const { hostname, port } = new URL(door?.url ?? "http://127.0.0.1:0");
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
