import { once } from "node:events";
import { createServer } from "node:net";
import { portTaken } from "../aws/http";
import type { StackFiles } from "../program/project";
import type { Options } from "./options";

/**
 * Checks the ports that the options name, before anything is started that takes time.
 *
 * @throws Error with the port's number and the remedy if one is in use
 */
export async function requireFreePorts({ port, playgroundPort }: Options, files: StackFiles): Promise<void> {
  const doors = port === 0 ? [] : Array.from({ length: doorCount(files) }, (_, index) => port + index);
  if (playgroundPort !== 0 && doors.includes(playgroundPort))
    throw new Error(
      `--playground-port ${String(playgroundPort)} is the port of a door: the doors have ${doors.join(", ")}. Use another one.`,
    );
  for (const each of doors) if (!(await isFree(each))) throw portTaken(each);
  if (playgroundPort !== 0 && !(await isFree(playgroundPort))) throw portTaken(playgroundPort, "--playground-port");
}

/** The doors of a stack of this project; of another program, the local target learns them when it runs. */
function doorCount({ config, project }: StackFiles): number {
  try {
    const doors = JSON.parse(config[`${project}:doors`] ?? "") as unknown;
    return Array.isArray(doors) ? doors.length : 1;
  } catch {
    return 1;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES")
      throw new Error(`This user may not use port ${String(port)}. Use one from 1024 on.`, { cause: error });
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
