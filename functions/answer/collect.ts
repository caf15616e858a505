import { EVENT_STREAM, JSON_TYPE, mediaType } from "../../contract/wire/headers";
import { LAMBDA_PAYLOAD_BYTES } from "../../contract/aws/limits";
import type { Usage } from "../../contract/wire/dialects/said";
import type { AgentAnswer } from "../agent/agent";
import { textOf } from "./text";
import { AgentFailed, AnswerTooLarge, CollectedEvents } from "./collectedEvents";
import type { Speech } from "./speech";
import { WholeJson } from "./wholeJson";

export interface Collected {
  /** The reply as JSON. */
  readonly body: string;
  /** Tokens, if the agent reported them. */
  readonly usage?: Usage | undefined;
  /** Events of an unknown shape that were dropped, if the client gets only text. */
  readonly dropped?: number | undefined;
}

/** An answer, and the type that the reply says it has. */
interface Content {
  /** JSON. */
  readonly response: string;
  readonly contentType: string;
  /** Set if `response` is not a text but bytes. */
  readonly encoding?: "base64";
  readonly usage?: Usage | undefined;
  readonly dropped?: number | undefined;
}

// Leaves room for the reply's JSON, headers and escapes.
const LARGEST_ANSWER = LAMBDA_PAYLOAD_BYTES - 64 * 1024;

/**
 * Reads the whole answer.
 *
 * @returns the reply as JSON. `response` is the text of an event stream, or the array of its events if none has a text; a JSON answer exactly as
 * the agent wrote it; any other answer as text; or its bytes as base64, and `encoding` says so. `content_type` is the agent's, or
 * `application/json` for an array of events. `usage` has the tokens, if the agent reported them.
 * @throws AnswerTooLarge if the JSON is larger than 6 MB; AgentFailed if the agent reports a failure; otherwise the error of the body's
 * iterator
 */
export async function collect(answer: AgentAnswer, sessionId: string, speech: Speech): Promise<Collected> {
  const isStream = mediaType(answer.contentType) === EVENT_STREAM;
  const { response, contentType, encoding, usage, dropped } = isStream
    ? await readEvents(answer, speech)
    : await readWhole(answer, speech);
  const bytes = encoding ? `,"encoding":"${encoding}"` : "";
  const tokens = usage ? `,"usage":{"input_tokens":${usage.input},"output_tokens":${usage.output}}` : "";
  const body = `{"session_id":${JSON.stringify(sessionId)},"response":${response},"content_type":${JSON.stringify(contentType)}${bytes}${tokens}}`;
  // Lambda sends the reply as a string inside JSON. Escapes can make it several times longer.
  if (Buffer.byteLength(JSON.stringify(body)) > LARGEST_ANSWER) throw new AnswerTooLarge();
  return { body, usage, dropped };
}

async function readEvents(
  { body, contentType }: AgentAnswer,
  { DialectReader, dialect, textOnly }: Speech,
): Promise<Content> {
  const events = new CollectedEvents(LARGEST_ANSWER, new DialectReader(dialect), textOnly);
  for await (const chunk of body) events.push(chunk);
  const { response, isText } = events.finish();
  return { response, contentType: isText ? contentType : JSON_TYPE, usage: events.usage, dropped: events.dropped };
}

async function readWhole({ body, contentType }: AgentAnswer, speech: Speech): Promise<Content> {
  const parts: Uint8Array[] = [];
  const json = new WholeJson(contentType);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    json.push(chunk);
    if (size > LARGEST_ANSWER) throw new AnswerTooLarge();
    parts.push(chunk);
  }
  if (json.isFailure(speech)) throw new AgentFailed();
  const bytes = Buffer.concat(parts);
  const text = textOf(bytes, contentType);
  if (text === undefined) return { response: `"${bytes.toString("base64")}"`, contentType, encoding: "base64" };
  // Not parsed and written again: that would round long numbers.
  const response = mediaType(contentType) === JSON_TYPE && isJson(text) ? text : JSON.stringify(text);
  return { response, contentType };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
