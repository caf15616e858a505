import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Loads the test files of the rules, which declare their cases; mocha loads each file once. */
export function loadCases(): void {
  const folder = join(__dirname, "../rules");
  const load = createRequire(__filename);
  for (const file of readdirSync(folder)) load(join(folder, file));
}
