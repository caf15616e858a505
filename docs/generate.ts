import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, type Options } from "prettier";
import { stringify } from "yaml";
import { dialectsSection } from "./sections/agents";
import { configPage } from "./config";
import { DEFAULTS_FILE, defaultsFile } from "./configDefaults";
import { errorsPage } from "./runbook";
import { examplePages } from "./examples";
import { holdingsTable } from "./sections/holdings";
import { logFieldsTable } from "./sections/logFields";
import { othersPage } from "./policy/others";
import { DOCUMENT } from "./openapi/document";
import { outputsPage } from "./outputs";
import { policyPages } from "./policy/policies";
import { resourcesPage } from "./resources";
import { rightsFiles } from "./rights";
import { shippedSection } from "./sections/shipped";
import { stacksTable } from "./sections/stacks";
import { updatesPage } from "./updates";

const root = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** The pages that are made from the code, whole or in part, and the defaults that are made from Pulumi.yaml, by file name. */
export async function pages(): Promise<Readonly<Record<string, string>>> {
  const options = JSON.parse(read(".prettierrc.json")) as Options;
  const markdown = (text: string) => format(text, { ...options, parser: "markdown" });
  const whole = await Promise.all(
    Object.entries({
      ...policyPages(),
      "policy/docs/others.md": othersPage(),
      ...examplePages(),
      ...rightsFiles(),
      "docs/openapi.yaml": `# Made from docs/openapi and contract/wire by \`npm run docs\`; do not edit it.\n${stringify(DOCUMENT, { aliasDuplicateObjects: false, lineWidth: 0 })}`,
    }).map(async ([file, text]) => [file, await format(text, { ...options, filepath: file })] as const),
  );
  return {
    ...Object.fromEntries(whole),
    [DEFAULTS_FILE]: await defaultsFile(),
    "docs/agents.md": await markdown(between("<!-- dialects -->", read("docs/agents.md"), dialectsSection())),
    "docs/limits.md": await markdown(between("<!-- holdings -->", read("docs/limits.md"), holdingsTable())),
    "docs/outputs.md": await markdown(outputsPage()),
    "docs/requests.md": await markdown(between("<!-- log -->", read("docs/requests.md"), logFieldsTable())),
    "docs/security/supply-chain.md": await markdown(
      between("<!-- shipped -->", read("docs/security/supply-chain.md"), shippedSection()),
    ),
    "stacks/README.md": await markdown(
      between("<!-- stacks -->", read("stacks/README.md"), stacksTable(read("stacks/README.md"))),
    ),
    "docs/errors.md": await markdown(errorsPage()),
    "docs/config.md": await markdown(configPage()),
    "docs/updates.md": await markdown(updatesPage()),
    "docs/resources.md": await markdown(await resourcesPage()),
  };
}

function between(mark: string, page: string, text: string): string {
  const [before, , after] = page.split(mark);
  if (before === undefined || after === undefined) throw new Error(`The page has no two marks ${mark}.`);
  return `${before}${mark}\n\n${text}\n\n${mark}${after}`;
}

if (require.main === module) {
  void pages().then((made) => {
    for (const [file, text] of Object.entries(made)) writeFileSync(join(root, file), text);
  });
}
