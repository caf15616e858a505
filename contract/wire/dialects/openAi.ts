import {
  END,
  FAILURE,
  fieldsOf,
  isFields,
  itemsOf,
  joinedText,
  OTHER,
  reasoningSaid,
  textSaid,
  usageSaid,
  type Dialect,
  type Fields,
  type Said,
} from "./said";

/**
 * OpenAI: chunks of chat completions, events of responses, and those in `raw_response_event` of the Agents SDK.
 * https://platform.openai.com/docs/api-reference/chat-streaming/streaming
 * https://platform.openai.com/docs/api-reference/responses-streaming
 * https://openai.github.io/openai-agents-python/streaming/
 */
export const openAi: Dialect = (value, _event, isDecided) => {
  const fields = fieldsOf(value);
  const { choices, type, data } = fields;
  // OpenRouter ends a stream so: https://openrouter.ai/docs/api-reference/errors
  if (Array.isArray(choices) && isFields(fields["error"])) return FAILURE;
  if (Array.isArray(choices) && (choices.length > 0 || "object" in fields || isDecided))
    return chunkSaid(choices.map(fieldsOf), fields["usage"]);
  if (type === "raw_response_event") return responseSaid(fieldsOf(data)) ?? OTHER;
  return (
    responseSaid(fields) ?? (/^(?:run_item_stream|agent_updated_stream)_event$/.test(String(type)) ? OTHER : undefined)
  );
};

function chunkSaid(choices: readonly Fields[], usage: unknown): readonly Said[] {
  // With several choices, the first is the answer.
  const [choice] = choices.filter(({ index = 0 }) => index === 0);
  const { delta, message, text, finish_reason } = choice ?? {};
  const piece = fieldsOf(delta);
  const whole = fieldsOf(message);
  const isLast = choice === undefined || (finish_reason ?? undefined) !== undefined;
  return [
    ...[piece["content"], piece["refusal"], text].flatMap((each) => textSaid(each)),
    ...[whole["content"], whole["refusal"]].flatMap((each) => textSaid(each, 1)),
    ...[piece["reasoning_content"], piece["reasoning"]].flatMap((each) => (each ? reasoningSaid(each) : [])),
    ...itemsOf(piece["tool_calls"]).map((call): Said => ({ kind: "toolCall", value: call })),
    // Some providers repeat the tokens so far in every chunk.
    ...(isLast ? usageSaid(usage) : []),
    ...(isLast && finish_reason !== "tool_calls" ? END : []),
  ];
}

function responseSaid(fields: Fields): readonly Said[] | undefined {
  const { type, delta, response, text } = fields;
  if (typeof type !== "string" || !type.startsWith("response.")) return undefined;
  const name = type.slice("response.".length);
  if (name === "output_text.delta" || name === "refusal.delta") return textSaid(delta);
  if (name === "output_text.done") return textSaid(text, 1);
  if (/^reasoning\w*\.delta$/.test(name)) return reasoningSaid(delta);
  if (/^(?:function_call|mcp_call|custom_tool_call)/.test(name)) return [{ kind: "toolCall", value: fields }];
  if (name === "failed") return FAILURE;
  if (name !== "completed" && name !== "incomplete") return OTHER;
  const { output, usage } = fieldsOf(response);
  const whole = itemsOf(output).map((item) => joinedText(fieldsOf(item)["content"]));
  return [...textSaid(whole.join(""), 2), ...usageSaid(usage), ...END];
}
