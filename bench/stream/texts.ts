/** Size of the writes of the agent, bytes. */
export const CHUNK_BYTES = 64 * 1024;

const repeat = (text: string) => Buffer.alloc(CHUNK_BYTES, text);

/** What the agent sends, again and again. */
export const TEXTS = {
  /** Short events. */
  tokens: repeat("data: 0123456789abcdef0123456789abcdef01\n\n"),
  /** Events of JSON. */
  json: repeat(
    'data: {"event":{"contentBlockDelta":{"delta":{"text":"All is well with you."},"contentBlockIndex":0}}}\n\n',
  ),
  /** One line of prose without an end. */
  prose: repeat("The quick brown fox jumps over the lazy dog, and then it sleeps. "),
  /** One line in which each place could be taken for the start of a line that reports an error. */
  hostile: repeat('\u2028data: {"error": "'),
} as const;

export type TextName = keyof typeof TEXTS;

export function isText(name: string): name is TextName {
  return Object.hasOwn(TEXTS, name);
}
