import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Reads the cases of all rules into `tested`, without their tests: those run from their own files, once. */
export function loadCases(): void {
  const folder = join(__dirname, "../rules");
  const load = createRequire(__filename);
  const { describe } = globalThis;
  globalThis.describe = Object.assign((() => undefined) as unknown as Mocha.SuiteFunction, describe);
  try {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (load.cache[file]) continue;
      load(file);
      // Mocha loads it again, to register its tests.
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
      delete load.cache[file];
    }
  } finally {
    globalThis.describe = describe;
  }
}
