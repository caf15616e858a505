import { eventData } from "../../contract/wire/sse";
import type { AgentAnswer } from "../agent/agent";
import { codeOf, NotText } from "../agent/failure";
import type { Run } from "../handler/run";
import { sendFailure, type Relayed } from "./relay";
import type { Sink } from "./sink";
import type { Speech } from "./speech";
import { textDecoderFor } from "./text";
import { WholeJson } from "./wholeJson";

/**
 * Copies an answer of any other type unchanged. Such an answer has no room for an error event, so if the agent's stream breaks, this one
 * must break too. A failure that it reports is counted.
 */
export async function relayBytes(
  { body, contentType }: AgentAnswer,
  sink: Sink,
  { deadline }: Run,
  speech: Speech,
): Promise<Relayed> {
  const json = speech.passErrors ? new WholeJson(contentType) : undefined;
  try {
    for await (const chunk of body) {
      json?.push(chunk);
      await sink.write(chunk);
    }
    return { events: 0, code: json?.isFailure(speech) ? "AGENT_ERROR" : undefined };
  } catch (cause) {
    return { events: 0, code: codeOf(cause, deadline), cause, brokeOff: true };
  }
}

/**
 * Sends an answer of another type as one event, because an event stream was already announced to the client. An answer that is not a text
 * ends with an error.
 */
export async function relayAsEvent(
  { body, contentType }: AgentAnswer,
  sink: Sink,
  run: Run,
  speech: Speech,
): Promise<Relayed> {
  try {
    const decoder = textDecoderFor(contentType);
    if (!decoder) throw new NotText();
    for await (const text of eventData(body, decoder)) await sink.write(Buffer.from(text), true);
    await sink.write(Buffer.from("\n\n"));
    return { events: 1 };
  } catch (error) {
    const isUndecodable = (error as NodeJS.ErrnoException).code === "ERR_ENCODING_INVALID_ENCODED_DATA";
    const cause = isUndecodable ? new NotText() : error;
    return { events: 0, ...sendFailure(cause, sink, run, speech) };
  }
}
