import {
  AN_ERROR,
  END,
  fieldsOf,
  isFields,
  joinedText,
  OTHER,
  reasoningSaid,
  textSaid,
  usageSaid,
  type Fields,
  type Said,
} from "../said";
import { DEEPEST, messageSaid } from "./message";

/** The names of the events of agents, and of graphs and swarms. */
const NAME =
  /^(?:after|agentResult|before|contentBlock|initialized|interrupt|messageAdded|model|multiAgent|node|toolResult|toolStream)[A-Za-z]*Event$/;

/**
 * Strands Agents for TypeScript: the events of `agent.stream`. Of a text, `modelContentBlockDeltaEvent` has the pieces; `contentBlockEvent`,
 * `modelMessageEvent`, `messageAddedEvent` and `agentResultEvent` repeat it, in this order.
 * https://github.com/strands-agents/sdk-typescript/blob/main/src/models/streaming.ts
 *
 * @param depth how deep events of other agents may be nested
 * @returns undefined if the object is not one of these events
 */
export function strandsTypeScript(fields: Fields, depth = DEEPEST): readonly Said[] | undefined {
  const { type, event, inner, delta, usage, contentBlock, message, result, error } = fields;
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
      return countedSaid(message, 2);
    case "messageAddedEvent":
      return countedSaid(message, 3);
    case "agentResultEvent":
      return [...countedSaid(fieldsOf(result)["lastMessage"], 4), ...END];
    case "afterModelCallEvent":
      return isFields(error) ? AN_ERROR : OTHER;
    default:
      return OTHER;
  }
}

/** A message of an agent with the tokens that it took. */
function countedSaid(message: unknown, level: number): readonly Said[] {
  const { role, metadata } = fieldsOf(message);
  const usage = role === "assistant" ? usageSaid(fieldsOf(metadata)["usage"], level) : [];
  return [...messageSaid(message, level), ...usage];
}
