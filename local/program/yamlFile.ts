import { readFileSync } from "node:fs";
import { isMap, isScalar, parseDocument, visit, type Document, type YAMLError } from "yaml";

/**
 * Reads a file of the project as YAML.
 *
 * @param name the file's name for messages
 * @returns the map at the top level; an empty map for an empty file
 * @throws Error in one line, with the file, the place and the remedy, if the file cannot be read, is not YAML, or contains a value that is
 * not plain
 */
export function readYamlFile(file: string, name: string): Record<string, unknown> {
  const source = readText(file, name);
  const document = parseDocument(source, { logLevel: "error" });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw new Error(faultText(fault, source, name));
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return {};
  if (!isMap(document.contents))
    throw new Error(`${name} is not a map. Begin it with a key and a colon: \`config:\` in a stack's file.`);
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key)) throw new Error(`${name} has a key that is not a plain text. Use plain texts as keys.`);
    },
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      if (target && path.includes(target))
        throw new Error(`${name} has the alias *${alias.source} inside its own anchor. Write the value out.`);
    },
  });
  return plain(document, name);
}

function readText(file: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw new Error(`${name} is a folder. Name a file.`, { cause: error });
    throw new Error(`${name} cannot be read (${code}). Let this user read it, or name another file.`, { cause: error });
  }
  try {
    // The decoder removes a byte order mark.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${name} is not UTF-8. Save it as UTF-8.`, { cause: error });
  }
}

function plain(document: Document, name: string): Record<string, unknown> {
  try {
    return document.toJS() as Record<string, unknown>;
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new Error(`${name} has an alias that stands for no value: ${reason}. Write the value out.`, { cause: error });
  }
}

const REMEDIES: Partial<Record<YAMLError["code"], string>> = {
  DUPLICATE_KEY: "Leave one of the two out.",
  TAB_AS_INDENT: "Use spaces.",
  MULTIPLE_DOCS: "Keep one.",
  TAG_RESOLVE_FAILED: "Leave the tag out.",
};

/** The parser's message without its excerpt, with the line that it is about. */
function faultText({ message, code, linePos }: YAMLError, source: string, name: string): string {
  const [reason = ""] = message.split(/; please use YAML| at line \d/);
  const line = linePos?.[0].line ?? 1;
  const text = source.split(/\r?\n/)[line - 1]?.trim() ?? "";
  const place = text === "" ? "" : ` (${text.slice(0, 200)})`;
  return `${name} is not the YAML that it should be: ${reason}, line ${String(line)}${place}. ${REMEDIES[code] ?? "Correct it there, or in the line before."}`;
}
