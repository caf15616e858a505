import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const FOLDER = "docs/components";

/** Two equal marks and the text between them. */
const MARKED = /(<!-- (examples\/\w+\.ts) -->)[^]*?\1/g;

/** The pages of the components by file name, each with the text of the example that its marks name. */
export function examplePages(): Record<string, string> {
  const files = readdirSync(join(root, FOLDER)).filter((file) => file.endsWith(".md"));
  return Object.fromEntries(
    files.map((file) => {
      const page = readFileSync(join(root, FOLDER, file), "utf8");
      return [`${FOLDER}/${file}`, page.replace(MARKED, (_, mark: string, example: string) => shown(mark, example))];
    }),
  );
}

function shown(mark: string, example: string): string {
  const code = readFileSync(join(root, example), "utf8");
  return `${mark}\n\n[${example}](../../${example}):\n\n\`\`\`ts\n${code}\`\`\`\n\n${mark}`;
}
