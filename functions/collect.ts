import { createParser } from "eventsource-parser";
import { EVENT_STREAM, JSON_TYPE, mediaType } from "../contract/headers";
import { LAMBDA_PAYLOAD_BYTES } from "../contract/limits";
import { textOf } from "../contract/sse";
import type { AgentAnswer } from "./agent";

/** The body of a collected answer. */
export interface Collected {
  readonly session_id: string;
  /** An event stream's texts joined, a JSON answer parsed, anything else as text. */
  readonly response: unknown;
  /** What the agent sent it as. */
  readonly content_type: string;
}

/** The answer's bytes would not fit into a buffered reply. */
export class AnswerTooLarge extends Error {}

/** The agent reported a failure inside its event stream. */
export class AgentFailed extends Error {}

// The reply's own JSON, headers and escapes take room beside the answer.
const LARGEST_ANSWER = LAMBDA_PAYLOAD_BYTES - 64 * 1024;

/**
 * Reads the whole answer.
 *
 * @throws AnswerTooLarge beyond 6 MB as JSON, AgentFailed on an `event: error`, or what the body's iterator throws
 */
export async function collect(answer: AgentAnswer, sessionId: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new AnswerTooLarge();
    parts.push(chunk);
  }
  const text = Buffer.concat(parts).toString("utf8");
  const reply: Collected = {
    session_id: sessionId,
    response: interpret(text, mediaType(answer.contentType)),
    content_type: answer.contentType,
  };
  const json = JSON.stringify(reply);
  // JSON escapes make a text of control characters up to six times longer.
  if (Buffer.byteLength(JSON.stringify(json)) > LARGEST_ANSWER) throw new AnswerTooLarge();
  return json;
}

function interpret(text: string, type: string): unknown {
  if (type === EVENT_STREAM) return joinEvents(text);
  if (type !== JSON_TYPE) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function joinEvents(text: string): string {
  let joined = "";
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "error") throw new AgentFailed();
      joined += textOf(data);
    },
  });
  parser.feed(text);
  // An agent may end its stream without the last blank line; its last event counts all the same.
  parser.feed("\n\n");
  return joined;
}
