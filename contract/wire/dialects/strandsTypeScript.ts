import {
  END,
  fieldsOf,
  itemsOf,
  joinedText,
  OTHER,
  reasoningSaid,
  textSaid,
  usageSaid,
  type Fields,
  type Said,
} from "./said";

/** The names of the events of agents, and of graphs and swarms. */
const NAME =
  /^(?:after|agentResult|before|contentBlock|initialized|interrupt|messageAdded|model|multiAgent|node|toolResult|toolStream)[A-Za-z]*Event$/;

/**
 * Strands Agents for TypeScript: the events of `agent.stream`. Of a text, `modelContentBlockDeltaEvent` has the pieces; `contentBlockEvent`,
 * `modelMessageEvent`, `messageAddedEvent` and `agentResultEvent` repeat it, in this order.
 * https://github.com/strands-agents/sdk-typescript/blob/main/src/models/streaming.ts
 *
 * @param depth how deep events of other agents may be nested: nodes of a graph can be graphs
 * @returns undefined if the object is not one of these events
 */
export function strandsTypeScript(fields: Fields, depth = 8): readonly Said[] | undefined {
  const { type, event, inner, delta, usage, contentBlock, message, result } = fields;
  if (typeof type !== "string" || !NAME.test(type) || depth < 0) return undefined;
  switch (type) {
    case "modelStreamUpdateEvent":
      return strandsTypeScript(fieldsOf(event), depth - 1) ?? OTHER;
    case "nodeStreamUpdateEvent":
      return strandsTypeScript(fieldsOf(fieldsOf(inner)["event"]), depth - 1) ?? OTHER;
    case "modelContentBlockDeltaEvent": {
      const { type: kind, text } = fieldsOf(delta);
      if (kind === "textDelta") return textSaid(text);
      return kind === "reasoningContentDelta" ? reasoningSaid(text) : [{ kind: "toolCall", value: delta }];
    }
    case "modelMetadataEvent":
      return [...usageSaid(usage), ...OTHER];
    case "contentBlockEvent":
      return textSaid(joinedText([contentBlock]), 1);
    case "modelMessageEvent":
      return messageSaid(message, 2);
    case "messageAddedEvent":
      return messageSaid(message, 3);
    case "agentResultEvent":
      return [...messageSaid(fieldsOf(result)["lastMessage"], 4), ...END];
    default:
      return OTHER;
  }
}

function messageSaid(message: unknown, level: number): readonly Said[] {
  const { role, content, metadata } = fieldsOf(message);
  if (itemsOf(content).some((part) => "toolResult" in fieldsOf(part))) return [{ kind: "toolResult", value: content }];
  if (role !== "assistant") return OTHER;
  return [...textSaid(joinedText(content), level), ...usageSaid(fieldsOf(metadata)["usage"], level)];
}
