import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/local/frontDoor";

/** A fenced block of a page. */
export interface Block {
  /** Path of the page in the project. */
  readonly page: string;
  /** The page, and the line of the opening fence. */
  readonly place: string;
  /** First word behind the fence; empty if there is none. */
  readonly language: string;
  /** The other words, which GitHub does not show: `run`, `aws` or `setup`; empty if there are none. */
  readonly mark: string;
  readonly text: string;
}

/** Folders without pages of the project. */
const MADE = new Set(["node_modules", ".git", "coverage", ".cache", ".front-door"]);

/** The Markdown pages of a folder of the project, as paths in the project. */
function pagesIn(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : pagesIn(path);
    return path.endsWith(".md") ? [path] : [];
  });
}

/** The fenced blocks of a page's text. */
export function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(/^( *)```(\S*)(.*)\n([^]*?)^\1```$/gm)].map((match) => {
    const [, , language = "", mark = "", code = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    return { page, place: `${page}:${String(line)}`, language, mark: mark.trim(), text: code };
  });
}

/** Every fenced block of the project's pages. */
export const BLOCKS: readonly Block[] = pagesIn().flatMap((page) =>
  blocksOf(page, readFileSync(join(ROOT, page), "utf8")),
);
