import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** For `--import` in a child process whose standard input is a pipe: the child ends with its parent. */
export const EXIT_WITH_PARENT = pathToFileURL(join(__dirname, "exitWithParent.mjs")).href;
