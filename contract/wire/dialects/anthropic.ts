import { END, fieldsOf, OTHER, reasoningSaid, textSaid, usageSaid, type Dialect } from "./said";

/**
 * Anthropic's Messages. `message_start` has the tokens of the input, `message_delta` those of the output so far, once at the end of a message. The
 * type `text` with `snapshot` is an addition of the SDK for Python, which repeats the delta.
 * https://docs.anthropic.com/en/docs/build-with-claude/streaming
 * https://github.com/anthropics/anthropic-sdk-python/blob/main/helpers.md
 */
export const anthropic: Dialect = (value) => {
  const fields = fieldsOf(value);
  const { type } = fields;
  if (type === "content_block_delta") {
    const { text, thinking, partial_json } = fieldsOf(fields["delta"]);
    if (thinking !== undefined) return reasoningSaid(thinking);
    return partial_json === undefined ? textSaid(text) : [{ kind: "toolCall", value }];
  }
  if (type === "content_block_start") {
    const block = fieldsOf(fields["content_block"]);
    const kind = String(block["type"]);
    if (kind.endsWith("tool_use")) return [{ kind: "toolCall", value }];
    if (kind.endsWith("tool_result")) return [{ kind: "toolResult", value }];
    return kind === "text" ? textSaid(block["text"]) : OTHER;
  }
  if (type === "message_start") {
    const { input_tokens } = fieldsOf(fieldsOf(fields["message"])["usage"]);
    return [...usageSaid({ input_tokens }), ...OTHER];
  }
  if (type === "message_delta") {
    const { output_tokens } = fieldsOf(fields["usage"]);
    return [...usageSaid({ output_tokens }), ...OTHER];
  }
  if (type === "message_stop") return END;
  if (type === "text" && "snapshot" in fields) return textSaid(fields["text"], 1);
  return type === "content_block_stop" ? OTHER : undefined;
};
