import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "..", "..", "stacks");

/**
 * The rows of the table of stacks: the name of a stack, and the comment at the top of its file. The rows keep the order of the page; a new stack
 * comes last.
 *
 * @param page the text of the page with the table
 * @throws Error naming the file that does not begin with a comment
 */
export function stacksTable(page: string): string {
  const stacks = readdirSync(FOLDER).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const listed = [...page.matchAll(/^\| \[`(.+?)`\]/gm)].map(([, stack = ""]) => stack);
  const ordered = [...new Set([...listed, ...stacks])].filter((stack) => stacks.includes(stack));
  const rows = ordered.map((stack) => {
    const file = `Pulumi.${stack}.yaml`;
    return `| [\`${stack}\`](${file}) | ${purposeOf(file, readFileSync(join(FOLDER, file), "utf8"))} |`;
  });
  return ["| stack | what it is for |", "| --- | --- |", ...rows].join("\n");
}

/**
 * The comment of one or two lines at the top of a stack's file, as one line.
 *
 * @param file name of the file, for the error
 * @throws Error naming the file and the remedy
 */
export function purposeOf(file: string, text: string): string {
  const [comment = ""] = /^(?:#.*\n)*/.exec(text) ?? [];
  const lines = comment.split("\n").slice(0, -1);
  if (lines.length < 1 || lines.length > 2)
    throw new Error(
      `stacks/${file} begins with ${lines.length} lines of comment. Begin it with one or two that say what the stack is for.`,
    );
  return lines.map((line) => line.replace(/^#\s*/, "")).join(" ");
}
