import { EVENT_STREAM, JSON_TYPE, mediaType } from "../../contract/wire/headers";
import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import { textOf } from "../../contract/wire/sse";
import type { AgentAnswer } from "../agent/agent";
import { reportsFailure } from "./agentFailure";
import { eventsIn } from "./eventStream";

/** The answer does not fit into a buffered reply. */
export class AnswerTooLarge extends Error {}

/** The agent reported a failure inside its event stream. */
export class AgentFailed extends Error {}

// Leaves room for the reply's JSON, headers and escapes.
const LARGEST_ANSWER = LAMBDA_PAYLOAD_BYTES - 64 * 1024;

/**
 * Reads the whole answer.
 *
 * @returns the reply as JSON. `response` is the joined text of an event stream, a JSON answer exactly as the agent wrote it, or any other
 * answer as text. `content_type` is the agent's.
 * @throws AnswerTooLarge if the JSON is larger than 6 MB; AgentFailed if the agent reports a failure; otherwise the error of the body's
 * iterator
 */
export async function collect({ body, contentType }: AgentAnswer, sessionId: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new AnswerTooLarge();
    parts.push(chunk);
  }
  const response = toJson(Buffer.concat(parts), mediaType(contentType));
  const reply = `{"session_id":${JSON.stringify(sessionId)},"response":${response},"content_type":${JSON.stringify(contentType)}}`;
  // Lambda sends the reply as a string inside JSON. Escapes can make it several times longer.
  if (Buffer.byteLength(JSON.stringify(reply)) > LARGEST_ANSWER) throw new AnswerTooLarge();
  return reply;
}

function toJson(answer: Buffer, type: string): string {
  if (type === EVENT_STREAM) {
    if (reportsFailure(answer)) throw new AgentFailed();
    // The decoder removes a byte order mark, which would hide the first line.
    return JSON.stringify(joinEvents(new TextDecoder().decode(answer)));
  }
  const text = answer.toString("utf8");
  // Not parsed and written again: that would round long numbers.
  return type === JSON_TYPE && isJson(text) ? text : JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function joinEvents(text: string): string {
  let joined = "";
  for (const { data } of eventsIn(text)) if (data.length > 0) joined += textOf(data.join("\n"));
  return joined;
}
