import { RULES } from "../rules";
import { mistakesIn, readConfig } from "./check";

const USAGE = `Usage: npm run --silent check-config -- FILE...

Reads files for --policy-pack-config, of either version, and names every policy, setting, level, waiver and exception that is not right.
Exit code 1 if there is one.`;

function main(files: readonly string[]): number {
  if (files.length === 0 || files.includes("--help")) {
    console.log(USAGE);
    return files.length === 0 ? 1 : 0;
  }
  const today = new Date().toISOString().slice(0, 10);
  const found = files.flatMap((file) => mistakesIn(readConfig(file), RULES, today).map((text) => `${file}: ${text}`));
  for (const text of found) console.error(text);
  return found.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
