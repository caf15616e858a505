import { join } from "node:path";
import { pathToFileURL } from "node:url";

const preload = (file: string): string => pathToFileURL(join(__dirname, file)).href;

/** For `--import` in a child process whose standard input is a pipe: the child ends with its parent. */
export const EXIT_WITH_PARENT = preload("exitWithParent.mjs");

/** For `--import` in a process that runs TypeScript. */
export const LOADER = preload("loader.mjs");

/** For `--import` in a server that only processes of the local target may call. */
export const LOOPBACK_ONLY = preload("loopbackOnly.mjs");
