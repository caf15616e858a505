import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Name that the engine shows. */
export const name = "agentcore-front-door";

/** As package.json has it: where the SDK takes it from. */
export const { version } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string };
