import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** For `--import` in a child whose standard input is a pipe: it ends with its parent, however that ends. */
export const EXIT_WITH_PARENT = pathToFileURL(join(__dirname, "exitWithParent.mjs")).href;
