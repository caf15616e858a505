import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/local/frontDoor";

/** The files that `npm run test:engine` runs, as paths in the project. */
export function engineFiles(): readonly string[] {
  const folder = join("test", "engine");
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
}
