import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { name as packName, version } from "../pack/identity";
import { readPolicyEvents } from "./events";

const USAGE = `Usage: npm run --silent sarif -- [--input FILE] [--output FILE] [--file PATH] [--docs-url URL]

Turns the engine's events into SARIF 2.1.0.
  --input FILE     events, as \`pulumi policy analyze --json\` writes them (default: standard input)
  --output FILE    where to write (default: standard output)
  --file PATH      the file that findings are shown at (default: Pulumi.yaml)
  --docs-url URL   where the pack's folder can be read, ending in /: rules link to their pages`;

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      input: { type: "string" },
      output: { type: "string" },
      file: { type: "string" },
      "docs-url": { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const docsUrl = values["docs-url"];
  if (docsUrl !== undefined && !/^https?:\/\/.+\/$/.test(docsUrl))
    throw new Error(`--docs-url is "${docsUrl}". Use an http URL that ends in /.`);
  const events = readPolicyEvents(readFileSync(values.input ?? 0, "utf8"));
  // Pulumi's SDK, which rules use, takes a second to load: what is refused does not need it.
  const { RULES } = await import("../rules/index.js");
  const { toSarif } = await import("./sarif.js");
  const log = toSarif(events, {
    rules: RULES,
    pack: { name: packName, version },
    ...(values.file !== undefined && { file: values.file }),
    ...(docsUrl !== undefined && { docsUrl }),
  });
  const text = `${JSON.stringify(log, undefined, 2)}\n`;
  if (values.output === undefined) process.stdout.write(text);
  else writeFileSync(values.output, text);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
