import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, type Options } from "prettier";
import { errorsPage } from "../contract/runbook";

/** The pages of docs/ that are made from the code, by file name. */
export async function pages(): Promise<Readonly<Record<string, string>>> {
  const options = JSON.parse(readFileSync(join(__dirname, "..", ".prettierrc.json"), "utf8")) as Options;
  return { "errors.md": await format(errorsPage(), { ...options, parser: "markdown" }) };
}

if (require.main === module) {
  void pages().then((made) => {
    for (const [file, text] of Object.entries(made)) writeFileSync(join(__dirname, file), text);
  });
}
