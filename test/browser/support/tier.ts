import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "../../support/local/frontDoor";

/** The commands of Debian's package and of Google's. */
const COMMANDS = ["chromium", "google-chrome"];

export const NO_CHROMIUM = `There is no Chromium on PATH (${COMMANDS.join(" or ")}; on Debian: apt-get install chromium).`;

/** The browser on PATH; undefined if there is none. */
export function chromiumPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The files that `npm run test:browser` runs, as paths in the project. */
export function browserFiles(): readonly string[] {
  const folder = join("test", "browser");
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
}
