import { execFileSync } from "node:child_process";

/** The version of the `pulumi` on PATH; undefined if there is none. */
export const CLI_VERSION = ((): string | undefined => {
  try {
    return execFileSync("pulumi", ["version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
})();

/** What `npm run test:engine -- --all` sets: every value of the long lists, not a share of them. */
export const ALL_VARIABLE = "FRONT_DOOR_ENGINE_ALL";

/** Names a file that gets a dot for each update of the matrix, whichever process makes it. */
export const STEPS_VARIABLE = "FRONT_DOOR_ENGINE_STEPS";

/** `count` values spread over a long list, its first among them; with `--all`, the whole list. */
export function share<T>(values: readonly T[], count: number): readonly T[] {
  if (process.env[ALL_VARIABLE] !== undefined || values.length <= count) return values;
  return Array.from({ length: count }, (_, index) => values[Math.floor((index * values.length) / count)] as T);
}

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
