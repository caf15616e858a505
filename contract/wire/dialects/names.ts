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

export function isDialectName(value: unknown): value is DialectName {
  return (DIALECT_NAMES as readonly unknown[]).includes(value);
}
