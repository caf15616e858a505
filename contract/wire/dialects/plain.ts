import { isFields, OTHER, reasoningSaid, textSaid, type Dialect, type Said } from "./said";

const TEXT_FIELDS = ["text", "delta", "content", "data"] as const;

/**
 * No framework: plain lines (AgentCore's SDK for TypeScript), JSON strings (the SDK for Python), and objects with the text in `text`, `delta`,
 * `content` or `data`. In a stream with such events, any other JSON is a line of its own. An object whose `type` or `role` says that it is about a tool, a thought or a user is not text.
 */
export const plain: Dialect = (value, { data }, isDecided) => {
  const line: readonly Said[] | undefined = isDecided
    ? [{ kind: "text", text: `${data}\n`, level: 0, isUnknown: true }]
    : undefined;
  if (value === "") return undefined;
  if (typeof value === "string") return textSaid(value);
  if (Array.isArray(value)) return line;
  // A word of a text can be a number, true or null.
  if (!isFields(value)) return textSaid(data);
  const name = TEXT_FIELDS.find((field) => typeof value[field] === "string");
  if (name === undefined) return line;
  const { type, role } = value;
  if (/^(?:tool|function)/i.test(String(type))) return [{ kind: "toolCall", value }];
  if (/^(?:thinking|thought|reasoning)/i.test(String(type))) return reasoningSaid(value[name]);
  return typeof role === "string" && role !== "assistant" && role !== "agent" ? OTHER : textSaid(value[name]);
};
