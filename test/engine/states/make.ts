import { TEST_STACKS } from "../../support/stacks";
import { trimmed } from "../support/state";
import { stackConfig, withStack } from "../support/stack";
import { writeState } from "./files";

/** Keeps the states that this version of the program makes, one for each stack of stacks/: `npm run engine:states -- 2026-11-28`. */
async function make(version: string): Promise<void> {
  for (const name of TEST_STACKS) {
    const config = stackConfig(name);
    await withStack({ region: String(config["aws:region"]) }, async (stack) => {
      await stack.up(config);
      writeState(version, name, { config, state: trimmed(await stack.exported()) });
    });
    console.log(`${version}/${name}`);
  }
}

const [, , version] = process.argv;
if (version === undefined || !/^[\w.-]+$/.test(version)) {
  console.error("Name the version whose states these are, such as a date: npm run engine:states -- 2026-11-28");
  process.exitCode = 1;
} else {
  void make(version);
}
