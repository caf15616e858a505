import { converse } from "../converse";
import {
  END,
  FAILURE,
  fieldsOf,
  isFields,
  joinedText,
  OTHER,
  reasoningSaid,
  textSaid,
  UNKNOWN,
  usageSaid,
  type AgentEvent,
  type Dialect,
  type Said,
} from "../said";
import { DEEPEST, messageSaid } from "./message";
import { strandsTypeScript } from "./typeScript";

/**
 * AgentCore's SDK for Python writes an event that is not JSON, such as one with the agent itself in it, as the text of a Python dictionary.
 * https://github.com/aws/bedrock-agentcore-sdk-python/blob/main/src/bedrock_agentcore/runtime/app.py
 */
const DICTIONARY =
  /^\{'(?:init_event_loop|start|start_event_loop|event|data|delta|callback|message|result|reasoning\w*|current_tool_use|tool_\w+|multi_?agent\w*|node_id|type|force_stop)': .*\}$/s;

const MARKS = [
  "init_event_loop",
  "start_event_loop",
  "start",
  "event_loop_throttled_delay",
  "event_loop_cycle_id",
  "multi_agent_node_start",
  "multi_agent_node_complete",
  "multi_agent_handoff",
  "multiagent_result",
];

/**
 * Strands Agents: the events of `stream_async`. Of a text, `event` has Bedrock's original piece, `data` repeats it, `message` repeats the pieces of a
 * message, and `result` the last message.
 * https://strandsagents.com/latest/documentation/docs/user-guide/concepts/streaming/
 * https://github.com/strands-agents/sdk-python/blob/main/src/strands/types/_events.py
 */
export const strands: Dialect = (value, event, isDecided) => strandsAt(value, event, isDecided, 0);

function strandsAt(value: unknown, event: AgentEvent, isDecided: boolean, depth: number): readonly Said[] | undefined {
  if (typeof value === "string") return isDecided || DICTIONARY.test(value) ? UNKNOWN : undefined;
  const fields = fieldsOf(value);
  const typeScript = strandsTypeScript(fields);
  if (typeScript) return typeScript;
  const { event: inner, data, delta, message, result } = fields;
  if (isFields(inner) && depth < DEEPEST)
    return converse(inner, event, isDecided) ?? strandsAt(inner, event, isDecided, depth + 1);
  if (fields["force_stop"] === true) return FAILURE;
  if (fields["reasoning"] === true) return reasoningSaid(fields["reasoningText"]);
  if (isFields(fields["current_tool_use"])) return [{ kind: "toolCall", value: fields["current_tool_use"] }];
  if (isFields(fields["tool_stream_event"])) return [{ kind: "toolResult", value: fields["tool_stream_event"] }];
  if (typeof data === "string" && (isDecided || isFields(delta))) return textSaid(data, 1);
  if (isFields(message) && Array.isArray(message["content"])) return messageSaid(message, 2);
  if (isFields(result) && isFields(result["message"])) {
    const { accumulated_usage } = fieldsOf(result["metrics"]);
    return [...textSaid(joinedText(result["message"]["content"]), 3), ...usageSaid(accumulated_usage, 1), ...END];
  }
  if (typeof result === "string" && Object.keys(fields).length === 1) return [...textSaid(result, 3), ...END];
  return MARKS.some((mark) => mark in fields && fields[mark] !== null) ? OTHER : undefined;
}
