import { execFileSync } from "node:child_process";

/** The version of the `pulumi` on PATH; undefined if there is none. */
export const CLI_VERSION = ((): string | undefined => {
  try {
    return execFileSync("pulumi", ["version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
})();

const skipped: string[] = [];

/** A suite that needs the CLI. Without it nothing of it runs, and the process says at its end what was left out. */
export function engineSuite(title: string, body: () => void): void {
  if (CLI_VERSION !== undefined) {
    describe(title, body);
    return;
  }
  if (skipped.length === 0) {
    process.once("exit", () => {
      console.log(`There is no pulumi on PATH. Not run: ${skipped.join(", ")}.`);
    });
  }
  skipped.push(title);
}
