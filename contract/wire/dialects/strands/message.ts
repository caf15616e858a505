import { fieldsOf, itemsOf, joinedText, OTHER, textSaid, type Said } from "../said";

/** How deep the events of an agent may be inside those of graphs: agents of a graph can be graphs. */
export const DEEPEST = 8;

/**
 * A message, which both SDKs write in the form of Bedrock.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 *
 * @param level of its text
 */
export function messageSaid(message: unknown, level: number): readonly Said[] {
  const { role, content } = fieldsOf(message);
  const parts = itemsOf(content).map(fieldsOf);
  if (parts.some((part) => "toolResult" in part)) return [{ kind: "toolResult", value: content }];
  return [
    ...(role === "assistant" ? textSaid(joinedText(content), level) : OTHER),
    ...parts.flatMap(({ toolUse }): Said[] => (toolUse === undefined ? [] : [{ kind: "toolCall", value: toolUse }])),
  ];
}
