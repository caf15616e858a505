import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, type Options } from "prettier";
import { parse } from "yaml";
import { DEFAULTS_FILE, defaultsFile } from "./configDefaults";
import { errorsPage } from "./runbook";
import { deployedTable } from "./deployed";
import { logFieldsTable } from "./logFields";
import { othersPage } from "./others";
import { outputsPage } from "./outputs";
import { policyPages } from "./policies";

const root = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** The pages that are made from the code, whole or in part, and the defaults that are made from Pulumi.yaml, by file name. */
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
    [DEFAULTS_FILE]: await defaultsFile(),
    "docs/errors.md": await markdown(errorsPage()),
    "docs/outputs.md": await markdown(outputsPage()),
    "docs/requests.md": await markdown(between("<!-- log -->", read("docs/requests.md"), logFieldsTable())),
    "README.md": await markdown(
      between("<!-- deployed -->", between("<!-- config -->", read("README.md"), configTable()), await deployedTable()),
    ),
  };
}

/** Puts a text between two marks of the same name. */
function between(mark: string, page: string, text: string): string {
  const [before, , after] = page.split(mark);
  if (before === undefined || after === undefined) throw new Error(`The page has no two marks ${mark}.`);
  return `${before}${mark}\n\n${text}\n\n${mark}${after}`;
}

/** The keys as Pulumi.yaml declares them. */
function configTable(): string {
  const { config } = parse(read("Pulumi.yaml")) as {
    config: Record<string, { description: string; default?: unknown }>;
  };
  const rows = Object.entries(config).map(([key, { description, default: fallback }]) => {
    const shown = typeof fallback === "string" && fallback !== "" ? fallback : JSON.stringify(fallback);
    return `| \`${key}\` | ${fallback === undefined ? "required" : `\`${shown}\``} | ${description} |`;
  });
  return ["| key | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

if (require.main === module) {
  void pages().then((made) => {
    for (const [file, text] of Object.entries(made)) writeFileSync(join(root, file), text);
  });
}
