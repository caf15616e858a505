import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, type Options } from "prettier";
import { configPage } from "./config";
import { errorsPage } from "./runbook";
import { othersPage } from "./others";
import { policyPages } from "./policies";
import { resourcesPage } from "./resources";

const root = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** The pages that are made from the code, by file name. */
export async function pages(): Promise<Readonly<Record<string, string>>> {
  const options = JSON.parse(read(".prettierrc.json")) as Options;
  const markdown = (text: string) => format(text, { ...options, parser: "markdown" });
  const policies = await Promise.all(
    Object.entries({ ...policyPages(), "docs/policies/others.md": othersPage() }).map(
      async ([file, text]) => [file, await markdown(text)] as const,
    ),
  );
  return {
    ...Object.fromEntries(policies),
    "docs/errors.md": await markdown(errorsPage()),
    "docs/config.md": await markdown(configPage()),
    "docs/resources.md": await markdown(await resourcesPage()),
  };
}

if (require.main === module) {
  void pages().then((made) => {
    for (const [file, text] of Object.entries(made)) writeFileSync(join(root, file), text);
  });
}
