import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import Mocha from "mocha";
import { ROOT } from "../../support/local/frontDoor";
import { browserFiles, chromiumPath, NO_CHROMIUM } from "./tier";

/**
 * `npm run test:browser`: every test in a browser, in one process. Arguments go to mocha. Without a Chromium on PATH it says in one line what was not
 * run, counts it as skipped, and passes. With one, a run without tests and a test that is skipped fail: see mocharc.json.
 */
const files = browserFiles();

if (chromiumPath() === undefined) {
  // A dry run finds the tests and runs none.
  const mocha = new Mocha({ dryRun: true, reporter: Mocha.reporters.Base });
  for (const file of files) mocha.addFile(join(ROOT, file));
  const { total } = mocha.run();
  console.log(`${NO_CHROMIUM} Not run: ${files.map((file) => basename(file, ".test.ts")).join(", ")}.`);
  console.log(`0 passed, 0 failed, ${String(total)} skipped`);
} else {
  const config = join("test", "browser", "mocharc.json");
  const mocha = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");
  spawn(process.execPath, [mocha, "--config", config, ...files, ...process.argv.slice(2)], { stdio: "inherit" }).once(
    "exit",
    (status) => {
      process.exitCode = status ?? 1;
    },
  );
}
