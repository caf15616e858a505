/** The dialects that the front door understands. */
export const DIALECT_NAMES = [
  "strands",
  "converse",
  "anthropic",
  "openAi",
  "langGraph",
  "agUi",
  "aiSdk",
  "jsonRpc",
  "plain",
] as const;

export type DialectName = (typeof DIALECT_NAMES)[number];

/** How the events of an agent are read: a dialect, or the field that has the text, as `text:` and its path. */
export type PinnedDialect = DialectName | `text:${string}`;

/** Names of fields from the outside to the inside, separated by dots; a number is a place in a list. */
const TEXT_PATH = /^(?=.{1,128}$)[\w$@:-]+(?:\.[\w$@:-]+)*$/;

export function isTextPath(value: unknown): value is string {
  return typeof value === "string" && TEXT_PATH.test(value);
}

export function isPinnedDialect(value: unknown): value is PinnedDialect {
  if (isDialectName(value)) return true;
  return typeof value === "string" && value.startsWith("text:") && isTextPath(value.slice("text:".length));
}

export function isDialectName(value: unknown): value is DialectName {
  return (DIALECT_NAMES as readonly unknown[]).includes(value);
}
